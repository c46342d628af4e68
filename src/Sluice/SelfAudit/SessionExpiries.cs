using Sluice.Events;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.SelfAudit;

/// <summary>Tells when a session's time is over, and forgets it in the same transaction.</summary>
public sealed class SessionExpiries(IConfigurationStore store, TimeProvider time) : IOwnTask
{
    private const int AtOnce = 500;

    /// <summary>No session is shorter than five minutes: one that began meanwhile, at any node, is known in time.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private long? _lookedAt;
    private long? _next;

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        if (_lookedAt is { } at && time.GetElapsedTime(at) < LookEvery && (_next is null || _next > Timestamp.Now(time))) return;
        var looked = time.GetTimestamp();
        _next = await store.ReadAsync(SessionTable.NextEndAsync, cancellation);
        while (_next <= Timestamp.Now(time)) _next = await store.WriteAsync(TellAsync, cancellation);
        _lookedAt = looked;
    }

    private async ValueTask<long?> TellAsync(IConfigurationSession session)
    {
        foreach (var ended in await SessionTable.TakeEndedAsync(session, Timestamp.Now(time), AtOnce)) await OwnEventTable.AddAsync(session, SessionFacts.Expired(ended));
        return await SessionTable.NextEndAsync(session);
    }
}
