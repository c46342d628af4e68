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

    /// <summary>How long an object that is not full waits for more events, from when its first one was stored: 0 s to 1 h, default 1 min.</summary>
    public TimeSpan FillFor { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a stream waits after a first failure; after each further one twice as long. 1 s to 1 h, default 1 s.</summary>
    public TimeSpan FirstRetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a stream waits between two attempts, unless the destination asks for more: 1 s to 1 h, default 5 min.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(5);
}
