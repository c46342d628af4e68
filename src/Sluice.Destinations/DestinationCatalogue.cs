using Sluice.Delivery;
using Sluice.Destinations.Gcs;
using Sluice.Destinations.S3;
using Sluice.Destinations.Splunk;
using Sluice.Destinations.Stdout;
using Sluice.Destinations.Webhook;

namespace Sluice.Destinations;

public static class DestinationCatalogue
{
    private const int Megabyte = 1_000_000;

    /// <summary>Two batches of this size are what a stream holds in memory.</summary>
    private const int ObjectSize = 4 * Megabyte;

    /// <summary>Every kind of destination Sluice can open. Adding one means adding one line here.</summary>
    public static IReadOnlyList<DestinationKind> All { get; } =
    [
        DestinationKind.For<WebhookSettings>("webhook", its => new(Events: its.Framing == WebhookFraming.Single ? 1 : 1_000, Bytes: Megabyte), (settings, its) => new WebhookDestination(settings, its)),
        DestinationKind.For<SplunkSettings>("splunk", its => new(Events: 1_000, Bytes: Megabyte, EventOverhead: SplunkPayload.Overhead(its)), (settings, its) => new SplunkDestination(settings, its)),
        DestinationKind.For<S3Settings>("s3", its => new(Events: its.Layout == S3Layout.Gitlab ? 1 : 10_000, Bytes: ObjectSize), (settings, its) => new S3Destination(settings, its)),
        DestinationKind.For<GcsSettings>("gcs", new BatchLimits(Events: 10_000, Bytes: ObjectSize), (settings, its) => new GcsDestination(settings, its)).SpelledAs("zitadel"),
        DestinationKind.For<StdoutSettings>("stdout", new BatchLimits(Events: 1_000, Bytes: Megabyte), (settings, its) => new StdoutDestination(its)).ForInstanceAdmins(),
    ];
}
