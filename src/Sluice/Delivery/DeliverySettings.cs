using System.Net;

namespace Sluice.Delivery;

/// <summary>Where streams may go, and how long they try.</summary>
public sealed record DeliverySettings
{
    /// <summary>Whether destinations may have private, loopback and link-local addresses. Default false: a user of the API could otherwise reach into the host's network.</summary>
    public bool AllowPrivateEndpoints { get; init; }

    /// <summary>Networks that destinations may have although they are private, as CIDR blocks. Default none.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Whether credentials and events may travel over plain <c>http://</c> to public addresses. Default false.</summary>
    public bool AllowPlainHttp { get; init; }

    /// <summary>Whether destinations may be set up by pasting a changefeed's statement. Default false, as the feature is off where such statements come from.</summary>
    public bool AllowChangefeeds { get; init; }

    /// <summary>The only folder whose files destinations may write. Default <c>out</c> in the data folder; no setting of its own.</summary>
    public string OutputFolder { get; init; } = Path.GetFullPath("data/out");

    /// <summary>How long a stream tries to deliver its oldest unconfirmed event before it fails: 1 s to 90 d, default 24 h.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);
}
