using Sluice.Delivery;
using Sluice.Destinations.CloudWatch;
using Sluice.Destinations.Datadog;
using Sluice.Destinations.Elastic;
using Sluice.Destinations.Files;
using Sluice.Destinations.Gcs;
using Sluice.Destinations.GitLab;
using Sluice.Destinations.GoogleCloudLogging;
using Sluice.Destinations.Otlp;
using Sluice.Destinations.S3;
using Sluice.Destinations.Splunk;
using Sluice.Destinations.Stdout;
using Sluice.Destinations.Syslog;
using Sluice.Destinations.Webhook;

namespace Sluice.Destinations;

public static class DestinationCatalogue
{
    private const int Megabyte = 1_000_000;

    /// <summary>For kinds whose users may trade the order of arrival for speed.</summary>
    private const int MostInFlight = 8;

    /// <summary>Two batches of this size are what a stream holds in memory.</summary>
    private const int ObjectSize = 4 * Megabyte;

    /// <summary>Every kind of destination Sluice can open. Adding one means adding one line here.</summary>
    public static IReadOnlyList<DestinationKind> All { get; } =
    [
        DestinationKind.For<WebhookSettings>("webhook", its => new(Events: its.Framing == WebhookFraming.Single ? 1 : 1_000, Bytes: Megabyte), (settings, its) => new WebhookDestination(settings, its)),
        DestinationKind.For<SplunkSettings>("splunk", its => new(Events: 1_000, Bytes: Megabyte, EventOverhead: SplunkPayload.Overhead(its)), (settings, its) => new SplunkDestination(settings, its)),
        DestinationKind.For<DatadogSettings>("datadog", its => new(Events: 1_000, Bytes: 2 * Megabyte, EventOverhead: new DatadogPayload(its).Overhead), (settings, its) => new DatadogDestination(settings, its)).AllowingInFlight(MostInFlight),
        DestinationKind.For<CloudWatchSettings>(
            "cloudwatch",
            new BatchLimits(CloudWatchPayload.MostEvents, CloudWatchPayload.LargestCall, CloudWatchPayload.EventOverhead),
            (settings, its) => new CloudWatchDestination(settings, its)),
        DestinationKind.For<ElasticSettings>("elastic", new BatchLimits(Events: 1_000, Bytes: 2 * Megabyte, ElasticPayload.Overhead), (settings, its) => new ElasticDestination(settings, its)).AllowingInFlight(MostInFlight),
        DestinationKind.For<GitLabSettings>("http", new BatchLimits(Events: 1, Bytes: Megabyte), (settings, its) => new GitLabDestination(settings, its)).SpelledAs("gitlab"),
        DestinationKind.For<GoogleCloudLoggingSettings>(
            "google_cloud_logging", new BatchLimits(Events: 1_000, Bytes: Megabyte, GoogleCloudLoggingPayload.Overhead), (settings, its) => new GoogleCloudLoggingDestination(settings, its)).AllowingInFlight(MostInFlight),
        DestinationKind.For<OtlpSettings>("otlp", new BatchLimits(Events: 1_000, Bytes: Megabyte, OtlpPayload.Overhead), (settings, its) => new OtlpDestination(settings, its)),
        DestinationKind.For<SyslogSettings>("syslog", new BatchLimits(Events: 1_000, Bytes: Megabyte, SyslogPayload.Overhead), (settings, its) => new SyslogDestination(settings, its)),
        DestinationKind.For<FileSettings>("file", new BatchLimits(Events: 1_000, Bytes: Megabyte), (settings, its) => new FileDestination(settings, its)).ForInstanceAdmins(),
        DestinationKind.For<S3Settings>("s3", its => new(Events: its.Layout == S3Layout.Gitlab ? 1 : 10_000, Bytes: ObjectSize), (settings, its) => new S3Destination(settings, its)).FreezingBatches().FillingBatches().AllowingInFlight(MostInFlight),
        DestinationKind.For<GcsSettings>("gcs", new BatchLimits(Events: 10_000, Bytes: ObjectSize), (settings, its) => new GcsDestination(settings, its)).SpelledAs("zitadel").FreezingBatches().FillingBatches().AllowingInFlight(MostInFlight),
        DestinationKind.For<StdoutSettings>("stdout", new BatchLimits(Events: 1_000, Bytes: Megabyte), (settings, its) => new StdoutDestination(its)).ForInstanceAdmins(),
    ];
}
