using System.CommandLine;
using Sluice.Server.Configuration;

namespace Sluice.Server.Commands;

/// <summary>Which server a command calls, and with which key.</summary>
internal sealed class ServerOptions(string role)
{
    public Option<string> Url { get; } = new("--url") { Description = "The server.", DefaultValueFactory = _ => SluiceSettings.DefaultUrls };

    public Option<string?> Key { get; } = new("--key") { Description = $"A key of role {role}; SLUICE_ADMIN_KEY unless set." };

    public Uri UrlOf(ParseResult parsed)
    {
        if (Uri.TryCreate(parsed.GetValue(Url), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0) return url;
        throw new StartupException($"--url: '{parsed.GetValue(Url)}' cannot be used. Give the server's address, such as {SluiceSettings.DefaultUrls}.");
    }

    /// <param name="hint">A command line that makes such a key.</param>
    public SecretText KeyOf(ParseResult parsed, string hint)
    {
        var key = parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable("SLUICE_ADMIN_KEY");
        if (string.IsNullOrWhiteSpace(key)) throw new StartupException($"Give a key with --key or in SLUICE_ADMIN_KEY. `{hint}` makes one.");
        if (!key.All(character => character is > ' ' and < (char)127)) throw new StartupException("The key holds characters that no key has.");
        return new SecretText(key);
    }
}
