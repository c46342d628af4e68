using System.ComponentModel;

namespace Sluice.Destinations.Http;

/// <summary>What every kind lets a user set that is sent to an address of its user's.</summary>
public abstract record HttpSettings : HttpClientSettings
{
    [Description("Where events are sent. A URL without a path gets the kind's usual one.")]
    public required Endpoint Endpoint { get; init; }

    internal override Endpoint Target => Endpoint;
}
