using System.ComponentModel;
using Sluice.Delivery;

namespace Sluice.Destinations.Http;

/// <summary>Settings of a kind whose users say where events are sent.</summary>
public abstract record HttpSettings : ConnectionSettings
{
    [Description("Where events are sent. A URL without a path gets the kind's usual one.")]
    public required Endpoint Endpoint { get; init; }

    public override void Check(DeliverySettings delivery)
    {
        PlainHttp.Check(Endpoint, delivery);
        base.Check(delivery);
    }
}
