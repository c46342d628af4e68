using System.Net;

namespace Sluice.Delivery;

/// <summary>What a destination may use of its surroundings.</summary>
/// <param name="Id">The destination's id.</param>
public sealed record DestinationContext(string Id, DeliverySettings Delivery, TimeProvider Time)
{
    /// <summary>The only tenant whose events it gets; null when it gets those of all tenants, of which two may use one event id.</summary>
    public string? TenantId { get; init; }

    /// <summary>Calls that may be under way at a time.</summary>
    public int InFlight { get; init; } = 1;

    /// <summary>Finds the addresses of a name; the system's resolver unless a test has its own.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = (name, cancellation) => Dns.GetHostAddressesAsync(name, cancellation);

    /// <summary>The program's standard output.</summary>
    public Func<Stream> StandardOutput { get; init; } = Console.OpenStandardOutput;
}
