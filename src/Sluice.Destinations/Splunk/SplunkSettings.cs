using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Splunk;

public sealed record SplunkSettings : HttpSettings
{
    private const int Longest = 256;

    [Description("The token of the HTTP Event Collector.")]
    public required Secret Token { get; init; }

    [Description("The index that events go to; default `main`.")]
    public string Index { get; init; } = "main";

    [Description("The source of the events in Splunk; default `sluice`.")]
    public string Source { get; init; } = "sluice";

    [Description("Their source type; default `_json`.")]
    public string Sourcetype { get; init; } = "_json";

    [Description("Whether to wait until Splunk has indexed what it took; the token needs indexer acknowledgement. Default false.")]
    public bool Acknowledge { get; init; }

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        if (Token.Reveal().Length == 0 || !CustomHeader.IsValue(Token.Reveal())) throw DefinitionException.Value("token", "token must be printable ASCII.");
        foreach (var (field, value) in new[] { ("index", Index), ("source", Source), ("sourcetype", Sourcetype) })
        {
            if (value.Length is 0 or > Longest) throw DefinitionException.Value(field, $"{field} has 1 to {Longest} characters.");
        }
    }
}
