using Sluice.Delivery;
using Sluice.Destinations.GitLab;
using Sluice.Destinations.Splunk;
using Sluice.Destinations.Stdout;
using Sluice.Destinations.Webhook;

namespace Sluice.Destinations;

public static class DestinationCatalogue
{
    private const int Megabyte = 1_000_000;

    /// <summary>Every kind of destination Sluice can open. Adding one means adding one line here.</summary>
    public static IReadOnlyList<DestinationKind> All { get; } =
    [
        DestinationKind.For<WebhookSettings>("webhook", its => new(Events: its.Framing == WebhookFraming.Single ? 1 : 1_000, Bytes: Megabyte), (settings, its) => new WebhookDestination(settings, its)),
        DestinationKind.For<SplunkSettings>("splunk", its => new(Events: 1_000, Bytes: Megabyte, EventOverhead: SplunkPayload.Overhead(its)), (settings, its) => new SplunkDestination(settings, its)),
        DestinationKind.For<GitLabSettings>("http", new BatchLimits(Events: 1, Bytes: Megabyte), (settings, its) => new GitLabDestination(settings, its)),
        DestinationKind.For<StdoutSettings>("stdout", new BatchLimits(Events: 1_000, Bytes: Megabyte), (settings, its) => new StdoutDestination(its)).ForInstanceAdmins(),
    ];
}
