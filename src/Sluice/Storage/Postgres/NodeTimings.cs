namespace Sluice.Storage.Postgres;

/// <summary>
/// When a node counts as gone. The order of these times is what keeps a stream on one node: a node gives up by itself, counted from before it last
/// asked, a second before the server, counting from after it last answered, takes away what the node holds.
/// </summary>
internal static class NodeTimings
{
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>A node without an answer for so long has lost its session.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(4);

    /// <summary>The server ends a session that has been silent for so long, and frees its locks. <see cref="NodeTable"/> counts the same.</summary>
    public static readonly TimeSpan FreedAfter = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);
}
