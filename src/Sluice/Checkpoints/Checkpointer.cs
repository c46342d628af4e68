using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Secrets;
using Sluice.Storage;

namespace Sluice.Checkpoints;

/// <summary>Keeps every ledger signed while the server runs, and hands checkpoints to whoever proves or exports.</summary>
public sealed class Checkpointer : BackgroundService, ICheckpointSource
{
    private readonly LedgerCheckpoints[] _ledgers;

    public Checkpointer(LedgerDirectory ledgers, LedgerIdentities identities, CheckpointStore store, TimeProvider time, ILogger<Checkpointer> logger) =>
        _ledgers = [.. new[] { ledgers.Main, ledgers.Sluice }.Select(ledger => new LedgerCheckpoints(ledger, identities[ledger.Name], store, time, logger))];

    public ValueTask<SignedCheckpoint> LatestAsync(string ledger, long atLeastSize, CancellationToken cancellation) =>
        _ledgers.Single(checkpoints => checkpoints.Ledger == ledger).LatestAsync(atLeastSize, cancellation);

    /// <summary>How far each ledger is signed.</summary>
    public IEnumerable<(string Ledger, long At, long Unsigned)> Signed() => _ledgers.Select(ledger => (ledger.Ledger, ledger.SignedAt, ledger.Unsigned));

    /// <summary>Checks what was signed before against the ledgers; a server whose ledger lost events does not start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var ledger in _ledgers) await ledger.OpenAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var ledger in _ledgers) await ledger.FinishAsync(CancellationToken.None);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(_ledgers.Select(ledger => ledger.RunAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
    }
}
