using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Nodes;
using Sluice.Storage;

namespace Sluice.SelfAudit;

/// <summary>Looks after what nobody calls for. Of several nodes one does; how far it got stands in the store, so that each thing is told once, whoever goes on.</summary>
public sealed partial class OwnWatch(INode node, IEnumerable<IOwnTask> tasks, TimeProvider time, ILogger<OwnWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private NodeHold? _hold;
    private string? _problem;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_hold is { } hold) await hold.ReleaseAsync();
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The way a background service ends.
        }
    }

    /// <summary>Looks now. What goes wrong is tried again with the next look.</summary>
    /// <returns>False when another node does it, or nothing could be done.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellation = default)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_hold?.Lost.IsCancellationRequested == true) _hold = null;
            _hold ??= await node.TryTakeAsync("own-events", cancellation);
            if (_hold is null) return false;
            foreach (var task in tasks) await task.RunAsync(cancellation);
            _problem = null;
            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            if (_problem != problem.Message) Log.Failed(logger, problem.Message);
            _problem = problem.Message;
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What Sluice tells of by itself waits: {Problem}")]
        public static partial void Failed(ILogger logger, string problem);
    }
}

/// <summary>Something that the node which has <see cref="OwnWatch"/> looks at every second. It costs nothing while there is nothing to tell.</summary>
public interface IOwnTask
{
    ValueTask RunAsync(CancellationToken cancellation);
}
