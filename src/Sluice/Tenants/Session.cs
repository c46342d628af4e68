using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Tenants;

/// <summary>Somebody's browser that signed in. Times in nanoseconds since 1970.</summary>
public sealed record Session(long CreatedAt, long ExpiresAt)
{
    /// <summary>The access key that it signed in with: it may do what that key may, and as long as that key may.</summary>
    internal AccessKeyHash KeyHash { get; init; }
}

/// <param name="Text">What the browser holds: this once. Whoever has it is signed in.</param>
public sealed record StartedSession(Session Session, string Text, Caller Caller)
{
    public override string ToString() => Session.ToString();
}

/// <param name="Session">Null when there is none, or it has ended.</param>
/// <param name="Holder">Whether the key it was started with may still be used, and whose it is.</param>
public readonly record struct SessionLookup(Session? Session, KeyLookup Holder)
{
    public static SessionLookup Unknown { get; } = new(null, KeyLookup.Unknown);
}

/// <summary>What a browser holds: 32 random bytes in base64url.</summary>
public static class SessionText
{
    private const int Bytes = 32, CsrfBytes = 16;

    internal static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What calls that change something must repeat in a header. It follows from the session's text, and gives nothing of it away.</summary>
    public static string CsrfToken(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(text), "csrf"u8).AsSpan(..CsrfBytes));

    public static bool IsCsrfToken(string text, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CsrfToken(text)), Encoding.UTF8.GetBytes(given));
}
