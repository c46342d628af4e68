using Sluice.SelfAudit;
using Sluice.Storage;

namespace Sluice.Streams;

/// <summary>
/// Replays and where they stand. Whoever runs one has taken it and writes with the fence that it got: once another one took it, or it was ended, such a
/// write changes nothing and is a <see cref="StaleReplayException"/>.
/// </summary>
public sealed class ReplayStore(IConfigurationStore store)
{
    /// <summary>Stores a replay that nobody runs as yet, if there is room for it.</summary>
    public ValueTask<ReplayAdmission> CreateAsync(ReplayOrder order, StreamState state, long? total, CancellationToken cancellation = default, OwnEvent? told = null) => store.WriteAsync(async session =>
    {
        var admission = await StoredReplays.AdmitAsync(session, order);
        if (admission != ReplayAdmission.Admitted) return admission;
        await StoredReplays.AddAsync(session, order, state, total);
        await StoredReplays.TrimAsync(session, order.DestinationId);
        if (told is not null) await OwnEventTable.AddAsync(session, told);
        return admission;
    }, cancellation);

    public ValueTask<StoredReplay?> FindAsync(string destination, string id, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredReplays.FindAsync(session, destination, id), cancellation);

    /// <summary>Newest first.</summary>
    public ValueTask<IReadOnlyList<StoredReplay>> OfAsync(string destination, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredReplays.OfAsync(session, destination), cancellation);

    /// <summary>Its last sendings, newest first.</summary>
    public ValueTask<IReadOnlyList<Attempt>> AttemptsAsync(string id, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredAttempts.OfReplays.OfAsync(session, id), cancellation);

    /// <summary>Those of all destinations that have not ended.</summary>
    public ValueTask<IReadOnlyList<ReplayPlace>> RunningAsync(CancellationToken cancellation = default) => store.ReadAsync(StoredReplays.RunningAsync, cancellation);

    /// <summary>Dead letters of a destination, from first to last, the lowest sequence first.</summary>
    public ValueTask<IReadOnlyList<long>> DeadLettersAsync(string destination, long first, long last, int max, CancellationToken cancellation = default) =>
        store.ReadAsync(session => StoredDeadLetters.SequencesAsync(session, destination, first, last, max), cancellation);

    /// <summary>Takes a replay, from whoever had it: its fence grows, durably, and what was taken with an older one can write no more.</summary>
    /// <returns>Null when it has ended.</returns>
    public ValueTask<StoredReplay?> TakeAsync(string id, string node, CancellationToken cancellation = default) => store.WriteAsync(async session =>
        await session.ExecuteAsync("UPDATE replays SET fence=fence+1, node=?2 WHERE id=?1 AND status=?3", id, node, ReplayStatus.Running.Name()) == 0
            ? null
            : await StoredReplays.FindAsync(session, id), cancellation);

    /// <summary>Gives a replay back, unless somebody else has taken it meanwhile.</summary>
    public async ValueTask ReleaseAsync(string id, long fence, CancellationToken cancellation = default) => await store.WriteRelaxedAsync(
        session => session.ExecuteAsync("UPDATE replays SET node=NULL WHERE id=?1 AND fence=?2", id, fence), cancellation);

    /// <summary>Keeps how far it got. A killed process finds it again; after a power cut it may be a second old.</summary>
    /// <exception cref="StaleReplayException">It does not run here any more.</exception>
    public async ValueTask SaveProgressAsync(ReplayChange change, long fence, CancellationToken cancellation = default) => await store.WriteRelaxedAsync(async session =>
    {
        await StoredReplays.WriteAsync(session, change, fence);
        return true;
    }, cancellation);

    /// <summary>Makes a change durable: all of it or nothing.</summary>
    /// <exception cref="StaleReplayException">It does not run here any more.</exception>
    public async ValueTask SaveAsync(ReplayChange change, long fence, CancellationToken cancellation = default) => await store.WriteAsync(async session =>
    {
        await StoredReplays.WriteAsync(session, change, fence);
        return true;
    }, cancellation);

    public async ValueTask SaveTotalAsync(string id, long total, CancellationToken cancellation = default) =>
        await store.WriteRelaxedAsync(session => session.ExecuteAsync("UPDATE replays SET total=?2 WHERE id=?1", id, total), cancellation);

    /// <summary>Stops it, whoever runs it: whatever that one still writes is void. Nothing happens to one that has ended.</summary>
    public async ValueTask StopAsync(string id, string reason, long now, CancellationToken cancellation = default, OwnEvent? told = null) => await store.WriteAsync(async session =>
    {
        var stopped = await session.ExecuteAsync(
            "UPDATE replays SET status=?3, reason=?4, ended_at=?5, fence=fence+1 WHERE id=?1 AND status=?2",
            id, ReplayStatus.Running.Name(), ReplayStatus.Stopped.Name(), reason, now);
        if (stopped > 0 && told is not null) await OwnEventTable.AddAsync(session, told);
        return stopped;
    }, cancellation);
}
