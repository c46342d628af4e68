using System.ComponentModel;
using System.Text.RegularExpressions;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.Datadog;

public sealed partial record DatadogSettings : HttpSettings
{
    private const int LongestService = 100;
    private const int LongestTags = 2_000;

    public DatadogSettings() => Compression = HttpCompression.Gzip;

    [Description("A Datadog API key.")]
    public required Secret Token { get; init; }

    [Description("The service that the logs are shown under; default `sluice`.")]
    public string Service { get; init; } = "sluice";

    [Description("Tags of every log, as Datadog writes them: `env:prod,team:audit`. Default none.")]
    public string Tags { get; init; } = "";

    /// <summary>The settings with the intake's address where the endpoint names a site only.</summary>
    internal DatadogSettings AtIntake => !Endpoint.HasPath && Site().IsMatch(Endpoint.Address.Host)
        ? this with { Endpoint = Endpoint.Parse(new UriBuilder(Endpoint.Address) { Host = $"http-intake.logs.{Endpoint.Address.Host}" }.Uri.AbsoluteUri) }
        : this;

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        if (Token.Reveal().Length == 0 || !CustomHeader.IsValue(Token.Reveal())) throw DefinitionException.Value("token", "token must be printable ASCII.");
        if (Service.Length is 0 or > LongestService) throw DefinitionException.Value("service", $"service has 1 to {LongestService} characters.");
        if (Tags.Length > LongestTags) throw DefinitionException.Value("tags", $"tags has at most {LongestTags} characters.");
    }

    /// <summary>datadoghq.com, us3.datadoghq.com, datadoghq.eu, ddog-gov.com and their like.</summary>
    [GeneratedRegex(@"^([a-z]{2}[0-9]+\.)?(datadoghq\.(com|eu)|ddog-gov\.com)\z")]
    private static partial Regex Site();
}
