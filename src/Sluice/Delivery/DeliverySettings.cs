using System.Net;

namespace Sluice.Delivery;

/// <summary>How the instance delivers, whatever the destination.</summary>
public sealed record DeliverySettings
{
    /// <summary>How long the oldest unconfirmed event is tried before its destination counts as failed: 1 min to 30 days, default 24 h.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Longest wait for a destination's answer: 1 s to 10 min, default 30 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Lets destinations be on loopback, private, link-local and other addresses that are not public. Default false: a user who may add a destination
    /// could otherwise reach whatever this machine can.
    /// </summary>
    public bool AllowPrivateEndpoints { get; init; }

    /// <summary>Networks that destinations may be in although they are not public. Default none.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Lets <c>http://</c> leave for public addresses too. Default false: events and credentials would travel in the clear.</summary>
    public bool AllowPlainHttp { get; init; }
}
