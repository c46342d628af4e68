using System.Text;

namespace Sluice.Secrets;

/// <summary>Takes a destination's secrets out of texts that came from elsewhere: as they are, in base64, and percent-encoded.</summary>
public sealed class SecretMask
{
    private readonly string[] _spellings;

    public SecretMask(IEnumerable<string> secrets) =>
        // The longest first: a secret may hold another one, and what is left of it would still tell something.
        _spellings = [.. secrets.Where(secret => secret.Length > 0).SelectMany(Spellings).Distinct().OrderByDescending(text => text.Length)];

    public static SecretMask None { get; } = new([]);

    public string Apply(string text)
    {
        foreach (var spelling in _spellings) text = text.Replace(spelling, Secret.Mask, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    private static IEnumerable<string> Spellings(string secret)
    {
        var utf8 = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Convert.ToBase64String(utf8);
        yield return Convert.ToBase64String(utf8).TrimEnd('=');
        yield return Convert.ToHexStringLower(utf8);
        yield return System.Text.Json.JsonEncodedText.Encode(secret).ToString();
    }
}
