using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Splunk;

public sealed record SplunkSettings : HttpSettings
{
    private const int Longest = 256;

    /// <summary>The token of the HTTP Event Collector.</summary>
    public required Secret Token { get; init; }

    /// <summary>Default <c>main</c>.</summary>
    public string Index { get; init; } = "main";

    /// <summary>Default <c>sluice</c>.</summary>
    public string Source { get; init; } = "sluice";

    /// <summary>Default <c>_json</c>.</summary>
    public string Sourcetype { get; init; } = "_json";

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
