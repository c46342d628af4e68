using System.Net;
using System.Net.Sockets;

namespace Sluice.Profiles;

/// <summary>Whether a text is an address as receivers with address types take them: whole, without brackets, zone or port.</summary>
internal static class IpText
{
    /// <returns>The family, or null when it is no address.</returns>
    public static AddressFamily? FamilyOf(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny("%[]"u8) || !IPAddress.TryParse(text, out var address)) return null;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return AddressFamily.InterNetworkV6;
        // The framework also takes 1, 0x7f.1 and 010.0.0.1, which others read differently or not at all.
        Span<byte> spelled = stackalloc byte[15];
        return address.TryFormat(spelled, out var length) && text.SequenceEqual(spelled[..length]) ? AddressFamily.InterNetwork : null;
    }
}
