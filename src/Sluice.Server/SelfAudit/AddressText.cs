using System.Net;

namespace Sluice.Server.SelfAudit;

internal static class AddressText
{
    /// <summary>A version 4 address that came through a version 6 socket is shown as what it is.</summary>
    public static string? Of(IPAddress? address) => address is null ? null : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
