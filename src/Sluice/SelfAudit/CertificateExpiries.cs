using Sluice.Events;
using Sluice.Query;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>
/// Tells when a certificate ends whose end was declared: by <c>metadata.not_after</c> of the event that it was issued or renewed. One that was revoked
/// before is not told of. Off unless <see cref="SelfAuditSettings.CertificateExpiry"/> is on.
/// </summary>
public sealed class CertificateExpiries(LedgerDirectory ledgers, IConfigurationStore store, SelfAuditSettings settings, TimeProvider time) : IOwnTask
{
    private const string Condition = "action IN (\"certificate.issue\", \"certificate.renew\", \"certificate.revoke\") AND outcome EQ \"success\"";
    private const int AtOnce = 500;

    private static readonly EventFilter Filter = EventFilter.TryParse(Condition, out var filter, out var problem) ? filter : throw new InvalidOperationException(problem.Message);

    private long? _seen;
    private long? _next;

    public async ValueTask RunAsync(CancellationToken cancellation)
    {
        if (!settings.CertificateExpiry) return;
        if (_seen is null) await BeginAsync(cancellation);
        if (ledgers.Main.Size > _seen) await ReadAsync(_seen!.Value, ledgers.Main.Size, cancellation);
        while (_next <= Timestamp.Now(time)) await TellAsync(cancellation);
    }

    /// <summary>The first time, what is in the ledger counts too; what has ended by then is history.</summary>
    private async ValueTask BeginAsync(CancellationToken cancellation)
    {
        (var mark, _next) = await store.ReadAsync(async session => (await OwnMarks.ReadAsync(session, OwnMarks.Certificates), await DeclaredExpiryTable.NextAsync(session)), cancellation);
        if (mark is null) await ReadAsync(ledgers.Main.First, ledgers.Main.Size, cancellation, endsAfter: Timestamp.Now(time));
        else _seen = mark;
    }

    private async ValueTask ReadAsync(long first, long end, CancellationToken cancellation, long endsAfter = 0)
    {
        var declared = new List<DeclaredExpiry>();
        using var walk = new EventWalk(new EventQuery(ledgers.Main, ledgers.Main.Index, Filter, null), new SequenceSpan(Math.Max(first, ledgers.Main.First), end, false));
        while (await walk.NextAsync(cancellation))
        {
            if (DeclaredExpiry.Of(walk.Current) is { } one && (one.NotAfter is null || one.NotAfter > endsAfter)) declared.Add(one);
        }

        _next = await store.WriteAsync(async session =>
        {
            foreach (var one in declared) await DeclaredExpiryTable.PutAsync(session, one);
            await OwnMarks.WriteAsync(session, OwnMarks.Certificates, end);
            return await DeclaredExpiryTable.NextAsync(session);
        }, cancellation);
        _seen = end;
    }

    private async ValueTask TellAsync(CancellationToken cancellation) => _next = await store.WriteAsync(async session =>
    {
        foreach (var ended in await DeclaredExpiryTable.TakeAsync(session, Timestamp.Now(time), AtOnce)) await OwnEventTable.AddAsync(session, Told(ended));
        return await DeclaredExpiryTable.NextAsync(session);
    }, cancellation);

    private static OwnEvent Told(DeclaredExpiry ended) => new(OwnActions.CertificateExpired, ended.NotAfter!.Value)
    {
        Resource = new OwnResource(ended.Type, ended.Id, ended.Name),
        TenantId = ended.Tenant,
        Metadata = new() { ["not_after"] = Timestamp.Text(ended.NotAfter.Value) },
    };
}
