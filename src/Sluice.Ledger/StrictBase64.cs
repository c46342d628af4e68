using System.Diagnostics.CodeAnalysis;

namespace Sluice.Ledger;

/// <summary>Base64 with padding, in its one canonical spelling: no spaces, no stray bits.</summary>
internal static class StrictBase64
{
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var written))
            return false;

        var decoded = buffer.AsSpan(0, written);
        if (Convert.ToBase64String(decoded) != text)
            return false;

        bytes = decoded.ToArray();
        return true;
    }
}
