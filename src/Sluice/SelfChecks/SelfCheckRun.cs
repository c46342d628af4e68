using Sluice.Events;
using Sluice.Nodes;
using Sluice.Storage;
using Sluice.Verification;

namespace Sluice.SelfChecks;

/// <summary>One check, from when it was begun: says how far it is while it runs, and stores what it found.</summary>
internal sealed class SelfCheckRun(long startedAt, string name, NodeHold hold, SelfCheckStore store, InstanceVerification verify, VerificationPace pace, TimeProvider time)
    : IProgress<VerificationProgress>
{
    /// <summary>So often its progress is stored.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private long _events, _expected;

    /// <exception cref="StorageUnavailableException">Not all could be read now.</exception>
    /// <exception cref="OperationCanceledException">The server stops, or this node lost its turn.</exception>
    public async Task<(SelfCheck Check, IReadOnlyList<string> DamagedIndexes)> RunAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, hold.Lost);
        try
        {
            var verdict = await VerifyAsync(either.Token);
            var check = new SelfCheck(startedAt, Timestamp.Now(time), name, [.. verdict.Ledgers.Select(CheckedLedger.Of)]);
            await store.EndAsync(check, either.Token);
            return (check, verdict.DamagedIndexes);
        }
        catch (Exception problem) when (!hold.Lost.IsCancellationRequested)
        {
            await GiveUpAsync(stopping.IsCancellationRequested ? null : problem.Message);
            throw;
        }
        finally
        {
            await hold.ReleaseAsync();
        }
    }

    /// <summary>The server stops before it ran.</summary>
    public async Task AbandonAsync()
    {
        await GiveUpAsync(null);
        await hold.ReleaseAsync();
    }

    void IProgress<VerificationProgress>.Report(VerificationProgress value)
    {
        Volatile.Write(ref _expected, value.Expected);
        Volatile.Write(ref _events, value.Events);
    }

    private async Task<FolderVerdict> VerifyAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reporting = ReportAsync(end.Token);
        try
        {
            return await Task.Run(() => verify(this, pace, cancellation), cancellation);
        }
        finally
        {
            await end.CancelAsync();
            await reporting;
        }
    }

    private async Task ReportAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end)) await ReportOnceAsync(end);
        }
        catch (OperationCanceledException)
        {
            // It came to its end.
        }
    }

    private async Task ReportOnceAsync(CancellationToken end)
    {
        try
        {
            await store.ReportAsync(new RunningSelfCheck(startedAt, Timestamp.Now(time), name, Volatile.Read(ref _events), Volatile.Read(ref _expected)), end);
        }
        catch (StorageUnavailableException)
        {
            // It is said a second later, or the check itself fails by the same.
        }
    }

    private async Task GiveUpAsync(string? why)
    {
        try
        {
            await store.GiveUpAsync(why, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // Its node falls silent, which says the same.
        }
    }
}
