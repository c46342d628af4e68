namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Where a changefeed goes: <c>gs://bucket/prefix?partition_format=…&amp;AUTH=specified&amp;CREDENTIALS=…</c>.</summary>
/// <param name="Credentials">The key file's JSON; null when it is masked or not given.</param>
/// <param name="Key">Where the key stands in the whole text, as it was written; empty when it is not given.</param>
internal sealed record SinkUri(string Bucket, string Prefix, PartitionFormat? PartitionFormat, string? Credentials, Range? Key);
