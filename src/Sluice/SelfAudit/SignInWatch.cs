using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>Follows the sign-ins in customers' events, through the index, and tells of those from <see cref="SignIns">distant networks</see>.</summary>
public sealed class SignInWatch(LedgerDirectory ledgers, IConfigurationStore store, SelfAuditSettings settings, TimeProvider time) : IOwnTask
{
    private const string Condition = "action IN (\"user.login\", \"session.create\", \"sso.assertion\") AND outcome EQ \"success\"";

    /// <summary>Events before the mark that a node looks at when it begins, so as to know the sign-ins before the next ones.</summary>
    private const long LookBack = 20_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private static readonly EventFilter Filter = EventFilter.TryParse(Condition, out var filter, out var problem) ? filter : throw new InvalidOperationException(problem.Message);

    private readonly SignIns _signIns = new(settings.SignInDistance.Ticks * 100);
    private long? _seen;
    private long? _lookedAt;

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        if (settings.SignInDistance == TimeSpan.Zero || (_lookedAt is { } at && time.GetElapsedTime(at) < Every)) return;
        _lookedAt = time.GetTimestamp();
        var size = ledgers.Main.Size;
        if (_seen is null) await BeginAsync(size, cancellation);
        if (size <= _seen) return;
        var told = await SeeAsync(_seen!.Value, size, cancellation);
        await store.WriteAsync(async session =>
        {
            foreach (var one in told) await OwnEventTable.AddAsync(session, one);
            await OwnMarks.WriteAsync(session, OwnMarks.SignIns, size);
            return true;
        }, cancellation);
        _seen = size;
    }

    private async ValueTask BeginAsync(long size, CancellationToken cancellation)
    {
        var mark = Math.Min(await store.ReadAsync(session => OwnMarks.ReadAsync(session, OwnMarks.SignIns), cancellation) ?? size, size);
        await SeeAsync(mark - LookBack, mark, cancellation);
        _seen = mark;
    }

    private async ValueTask<IReadOnlyList<OwnEvent>> SeeAsync(long first, long end, CancellationToken cancellation)
    {
        var (told, now) = (new List<OwnEvent>(), Timestamp.Now(time));
        using var walk = new EventWalk(new EventQuery(ledgers.Main, ledgers.Main.Index, Filter, null), new SequenceSpan(Math.Max(first, ledgers.Main.First), end, false));
        while (await walk.NextAsync(cancellation))
        {
            if (_signIns.See(walk.Current, now) is { } one) told.Add(one);
        }

        return told;
    }
}
