using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Tenants;

/// <summary>What a browser holds: 32 random bytes in base64url; a viewer's token begins with <see cref="StartOfViewer"/>.</summary>
public static class SessionText
{
    public const string StartOfViewer = "slv_";

    private const int Bytes = 32, CsrfBytes = 16;

    public static bool IsViewer(string text) => text.StartsWith(StartOfViewer, StringComparison.Ordinal);

    internal static string CreateForViewer() => StartOfViewer + Create();

    internal static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What calls that change something must repeat in a header. It follows from the session's text, and gives nothing of it away.</summary>
    public static string CsrfToken(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), "csrf"u8).AsSpan(..CsrfBytes));

    public static bool IsCsrfToken(string text, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CsrfToken(text)), Encoding.UTF8.GetBytes(given));
}
