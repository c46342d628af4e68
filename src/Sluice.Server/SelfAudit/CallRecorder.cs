using System.Net;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Server.Authentication;
using Sluice.Tenants;

namespace Sluice.Server.SelfAudit;

/// <summary>
/// Says of each call what is kept: a record of its own, or a part of one. Successful ingest calls fold to one a second for each key; so do calls without a
/// valid key, for each address, beyond ten in a second.
/// </summary>
internal sealed class CallRecorder(OwnLedger ledger, DenialBursts bursts, TimeProvider time) : BackgroundService
{
    /// <summary>Calls of an address without a key that stand alone within a second.</summary>
    public const int AnonymousAlone = 10;

    private const int MostAddresses = 10_000;

    private static readonly TimeSpan FoldEvery = TimeSpan.FromSeconds(1);

    private readonly CallFolds<Caller> _ingest = new();
    private readonly CallFolds<IPAddress> _anonymous = new(MostAddresses);
    private readonly AnonymousCalls _alone = new(AnonymousAlone, MostAddresses);

    public AuditedCall Begin() => new(Timestamp.Now(time), time.GetTimestamp());

    public ValueTask EndAsync(HttpContext context, AuditedCall call)
    {
        var (audit, caller) = (context.Audit(), context.FindCaller());
        var ended = call.StartedAt + ElapsedSince(call.Started);
        if (audit.IsIngest && caller is not null && context.Response.StatusCode == StatusCodes.Status200OK && call.End == CallEnd.Answered)
            return FoldAsync(context, call, caller, ended);
        var record = CallRecord.Of(context, call, audit, caller, ended);
        if (audit.IsProbe && !record.IsDenied) return ValueTask.CompletedTask;
        return KeepAsync(record, context.Connection.RemoteIpAddress);
    }

    /// <summary>What is folded and not over yet is handed on too: nothing is left behind.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await HandOnAsync(long.MaxValue);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FoldEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await HandOnAsync(Timestamp.Now(time) / 1_000_000_000);
        }
        catch (OperationCanceledException)
        {
            // The rest is StopAsync's.
        }
    }

    /// <summary>In nanoseconds, as fine as the clock has them.</summary>
    private long ElapsedSince(long started) => (long)((time.GetTimestamp() - started) * (1e9 / time.TimestampFrequency));

    private ValueTask FoldAsync(HttpContext context, AuditedCall call, Caller caller, long ended)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        var folded = new FoldedCall(context.Connection.RemoteIpAddress, agent.Length > 0 ? agent : null, call.StartedAt, ended, call.Events - call.Rejected, call.Rejected);
        return _ingest.Add(caller, folded) is { } over ? ledger.RecordAsync(FoldRecord.OfIngest(caller, over)) : ValueTask.CompletedTask;
    }

    private async ValueTask KeepAsync(CallRecord record, IPAddress? from)
    {
        if (record.Caller is null && !_alone.Stands(from ?? IPAddress.None, record.EndedAt))
        {
            if (_anonymous.Add(from ?? IPAddress.None, new FoldedCall(from, record.UserAgent, record.StartedAt, record.EndedAt)) is { } over) await ledger.RecordAsync(FoldRecord.OfAnonymous(over));
        }
        else
        {
            await ledger.RecordAsync(record.ToEvent());
        }

        if (record.IsDenied && bursts.Denied(record.Subject, record.EndedAt) is { } denials) await ledger.RecordAsync(record.ToBurst(denials));
    }

    private async ValueTask HandOnAsync(long second)
    {
        foreach (var (caller, fold) in _ingest.TakeOver(second)) await ledger.RecordAsync(FoldRecord.OfIngest(caller, fold));
        foreach (var (_, fold) in _anonymous.TakeOver(second)) await ledger.RecordAsync(FoldRecord.OfAnonymous(fold));
    }
}
