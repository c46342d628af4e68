using Sluice.Delivery;
using Sluice.Destinations.Objects;

namespace Sluice.Destinations.Gcs;

/// <summary>
/// Names as CockroachDB's changefeeds give them: <c>[folder/]time-session-node-sink-file-topic-schema.ndjson</c>. They come from the batch and the settings
/// alone, so that a retry has the same one; without their folders they sort in the order of the events.
/// </summary>
internal static class GcsName
{
    /// <summary>Behind a name whose object may be there already, where only that cannot be found out; a number follows.</summary>
    public const string Copy = "-r";

    public const int MostCopies = 9;

    /// <summary>The time is that of the first event. The session is the digest of the content, the file's number how many sequences it spans.</summary>
    public static string Data(EventBatch batch, GcsSettings settings, string digest)
    {
        var time = HybridTime.Of(batch[0]);
        var span = (uint)(batch.Last - batch.First);
        var end = settings.IsCompressed ? "ndjson.gz" : "ndjson";
        return Join(batch, settings, $"{time.Folder(settings.Partition)}{time.Digits}-{digest}-1-1-{span:x8}-{GcsSettings.Topic}-1.{end}");
    }

    /// <summary>Everything whose name sorts before it is final.</summary>
    public static string Resolved(EventBatch batch, GcsSettings settings)
    {
        var time = HybridTime.Of(batch[batch.Count - 1]);
        return Join(batch, settings, $"{time.Folder(settings.Partition)}{time.Digits}.RESOLVED");
    }

    private static string Join(EventBatch batch, GcsSettings settings, string name) => ObjectPrefix.Join(settings.Prefix!, batch.Folder, name);
}
