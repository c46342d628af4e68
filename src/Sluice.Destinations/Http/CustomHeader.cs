using Sluice.Secrets;

namespace Sluice.Destinations.Http;

/// <summary>A header that a user adds to every request.</summary>
/// <param name="IsActive">It is sent; otherwise it is only kept.</param>
/// <param name="IsSecret">Its value is in no answer.</param>
public sealed record CustomHeader(string Name, Secret Value, bool IsActive, bool IsSecret)
{
    private static readonly string[] SecretWords = ["auth", "token", "key", "secret", "cookie"];

    /// <summary>What HTTP itself or the signature owns: setting them would break the framing or the proof of who sent it.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Upgrade",
        "Expect", "TE", "Trailer", "webhook-id", "webhook-timestamp", "webhook-signature",
    };

    private static readonly HashSet<string> ContentHeaders = new(StringComparer.OrdinalIgnoreCase) { "Allow", "Expires", "Last-Modified" };

    public static bool SoundsSecret(string name) => SecretWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>.NET keeps these apart, and throws when they are looked for among the others.</summary>
    public static bool IsOfContent(string name) =>
        name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || ContentHeaders.Contains(name);

    /// <summary>A token of RFC 9110: nothing that could end the header or begin another.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));

    /// <summary>Visible ASCII, blanks and tabs.</summary>
    public static bool IsValue(string value) => value.Length <= 8_192 && value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
