using System.Buffers.Text;

namespace Sluice.Server.Configuration;

internal sealed record SecretsSettings
{
    private const int KeyLength = 32;

    /// <summary>The file with the master key that protects stored credentials. Default <c>&lt;Data&gt;/keys</c>; made at the first start, mode 0600.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The master key itself, in place of a file: 32 bytes in base64, the same on all nodes. Default none.</summary>
    public SecretText? Key { get; init; }

    /// <summary>The master key's bytes; null when it is in a file.</summary>
    public byte[]? KeyBytes() => Key is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    internal static SecretsSettings From(SettingsReader reader)
    {
        var (file, key) = (reader.FullPath("Secrets:KeyFile"), reader.Text("Secrets:Key"));
        if (key is null) return new SecretsSettings { KeyFile = file };
        if (file is not null) throw new SettingException("Sluice:Secrets:Key", null, "Sluice:Secrets:KeyFile is set too. Leave one of them out.");
        if (!Base64.IsValid(key, out var length) || length != KeyLength)
            throw new SettingException("Sluice:Secrets:Key", null, "It must be 32 bytes in base64. Make one with: openssl rand -base64 32");
        return new SecretsSettings { Key = new SecretText(key) };
    }
}
