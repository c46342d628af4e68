using System.ComponentModel;
using System.Text.RegularExpressions;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Gcs.Changefeeds;
using Sluice.Destinations.Google;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;
using Sluice.Profiles;
using Sluice.Secrets;

namespace Sluice.Destinations.Gcs;

public sealed partial record GcsSettings : HttpClientSettings, IDestinationSettings
{
    internal const string Topic = "events2";

    private static readonly Endpoint Google = Endpoint.Parse("https://storage.googleapis.com");

    private readonly string? _bucket;
    private readonly string? _prefix;
    private readonly Secret? _credentials;
    private readonly PartitionFormat? _partitionFormat;
    private readonly IReadOnlyList<string>? _payloadFor;

    [Description("A changefeed's SQL, `CREATE CHANGEFEED INTO 'gs://…' AS SELECT … FROM eventstore.events2`, or its sink URI alone: the members below are read from it. Its `CREDENTIALS` are masked in answers.")]
    public Changefeed? Changefeed { get; init; }

    [Description("The bucket. Required without `changefeed`.")]
    public string? Bucket { get => _bucket ?? Feed?.Sink.Bucket; init => _bucket = value; }

    [Description("Folders before every object's name, such as `events`; none by default.")]
    public string? Prefix { get => _prefix ?? Feed?.Sink.Prefix ?? ""; init => _prefix = value; }

    [Description("The service account's key file: its JSON, or that in base64. Required without `changefeed`.")]
    public Secret? Credentials { get => _credentials ?? (Feed?.Sink.Credentials is { } given ? new Secret(given) : null); init => _credentials = value; }

    [Description("Folders by time: `daily` (default), `hourly`, or `flat` for none.")]
    public PartitionFormat? PartitionFormat { get => _partitionFormat ?? Feed?.Sink.PartitionFormat ?? Gcs.PartitionFormat.Daily; init => _partitionFormat = value; }

    [Description("Actions whose payload is written, exact, with a trailing `.*`, or `*` for all. None by default: rows have no payload then.")]
    public IReadOnlyList<string>? PayloadFor { get => _payloadFor ?? Feed?.PayloadFor ?? []; init => _payloadFor = value; }

    [Description("Another address of Cloud Storage, such as one of Private Service Connect; `https://storage.googleapis.com` when absent.")]
    public Endpoint? Endpoint { get; init; }

    internal override Endpoint Target => Endpoint ?? Google;

    internal PartitionFormat Partition => PartitionFormat!.Value;

    internal bool IsCompressed => Compression == HttpCompression.Gzip || Feed?.IsCompressed == true;

    private ChangefeedStatement? Feed => Changefeed?.Statement;

    public void CheckChange(object? before, DeliverySettings delivery)
    {
        if (Changefeed is null || delivery.AllowChangefeeds || before is GcsSettings { Changefeed: not null }) return;
        throw new DefinitionException(
            "changefeeds_off", "changefeed",
            "Changefeeds are switched off here. Whoever runs the server can switch them on: setting Sluice:Delivery:AllowChangefeeds=true, and a restart. Or give bucket, prefix and credentials instead.");
    }

    public override void Check(DeliverySettings delivery)
    {
        CheckAgreement();
        if (Bucket is null) throw DefinitionException.Missing("bucket");
        if (!BucketName().IsMatch(Bucket)) throw DefinitionException.Value("bucket", "bucket has 3 to 222 lower-case letters, digits, dots, hyphens and underscores; it is the name alone, without gs://.");
        ObjectPrefix.Check(Prefix!);
        if (PayloadFor!.FirstOrDefault(type => !TypePattern().IsMatch(type)) is not null)
            throw DefinitionException.Value("payload_for", "payload_for has actions, such as user.login, ones with a trailing .*, such as user.*, or * for all.");
        CheckCredentials(delivery);
        if (Endpoint is { } endpoint && (endpoint.HasPath || endpoint.UserInfo is not null))
            throw DefinitionException.Value("endpoint", "endpoint is the server alone: bucket and prefix have members of their own.");
        base.Check(delivery);
    }

    /// <summary>The statement's WHERE clause says which events there are.</summary>
    public override StreamSettings Narrow(StreamSettings stream)
    {
        if (Feed is not { } feed) return stream;
        CheckTypes("event_types", stream.EventTypes, feed.EventTypes);
        CheckTypes("except_event_types", stream.ExceptEventTypes, feed.ExceptEventTypes);
        return stream with
        {
            EventTypes = feed.EventTypes.Count > 0 ? feed.EventTypes : stream.EventTypes,
            ExceptEventTypes = feed.ExceptEventTypes.Count > 0 ? feed.ExceptEventTypes : stream.ExceptEventTypes,
        };
    }

    /// <summary>The select list says which columns rows have, and of which events the payload.</summary>
    public override IProfile Narrow(IProfile profile) => new RowProfile(profile, new RowSelection(Feed?.Columns ?? RowSelection.Usual, PayloadFor!));

    public override IEnumerable<string> HiddenTexts()
    {
        if (Credentials is null) return [];
        try
        {
            return ServiceAccountKey.Parse(Credentials.Reveal()).Secrets;
        }
        catch (FormatException)
        {
            return [];
        }
    }

    internal ServiceAccountKey Key() => ServiceAccountKey.Parse(Credentials!.Reveal());

    private static void CheckTypes(string field, IReadOnlyList<string> given, IReadOnlyList<string> read)
    {
        if (given.Count > 0 && read.Count > 0 && !given.SequenceEqual(read)) throw Disagreement(field);
    }

    /// <summary>A member beside the statement that says the same is an answer sent back; one that says something else would win or lose in silence.</summary>
    private void CheckAgreement()
    {
        if (Feed is not { } feed) return;
        if (_bucket is not null && _bucket != feed.Sink.Bucket) throw Disagreement("bucket");
        if (_prefix is not null && _prefix != feed.Sink.Prefix) throw Disagreement("prefix");
        if (_credentials is not null && feed.Sink.Credentials is not null && _credentials.Reveal() != feed.Sink.Credentials) throw Disagreement("credentials");
        if (_partitionFormat is not null && feed.Sink.PartitionFormat is not null && _partitionFormat != feed.Sink.PartitionFormat) throw Disagreement("partition_format");
        if (_payloadFor is not null && feed.PayloadFor is not null && !_payloadFor.SequenceEqual(feed.PayloadFor)) throw Disagreement("payload_for");
    }

    private static DefinitionException Disagreement(string field) =>
        DefinitionException.Value(field, $"{field} is read from changefeed, which says something else: change it there and set {field} to null, or set changefeed to null.");

    private void CheckCredentials(DeliverySettings delivery)
    {
        if (Credentials is null) throw DefinitionException.Missing("credentials");
        try
        {
            var key = Key();
            key.OpenKey().Dispose();
            CheckPlainHttp(Endpoint.Parse(key.TokenUri), "credentials", delivery);
        }
        catch (FormatException exception)
        {
            throw DefinitionException.Value("credentials", exception.Message);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]\\z", RegexOptions.NonBacktracking)]
    internal static partial Regex BucketName();

    [GeneratedRegex("^(\\*|[^*]{1,256}|[^*]{1,254}\\.\\*)\\z", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();
}
