using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Nodes;
using Sluice.Telemetry;

namespace Sluice.Storage.Postgres;

/// <summary>
/// A node among those that share a PostgreSQL. What it holds, it holds by session locks of one connection: a node that dies loses them with its
/// connection, one that hangs is thrown out by the server, and one that is cut off gives up by itself before that. See <see cref="NodeTimings"/>.
/// </summary>
public sealed partial class PostgresNode : INode, IHostedService, IDisposable
{
    private const string Look = "look";

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);

    /// <summary>A database that is away does not keep a node from stopping.</summary>
    private static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(2);

    private readonly PostgresSource _source;
    private readonly NodeInfo _self;
    private readonly TimeProvider _time;
    private readonly NodeMetrics _metrics;
    private readonly ILogger _logger;
    private readonly PostgresNotices _notices;
    private readonly NodeListeners _listeners = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile PostgresNodeSession? _session;
    private volatile bool _isRetired;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    public PostgresNode(PostgresSource source, NodeInfo self, TimeProvider time, NodeMetrics metrics, ILogger<PostgresNode> logger)
    {
        (_source, _self, _time, _metrics, _logger) = (source, self, time, metrics, logger);
        _notices = new PostgresNotices(source, "nodes", Heard, time, logger);
    }

    public NodeInfo Self => _self;

    public bool IsOneOfMany => true;

    /// <summary>Waits for the first session, or for what kept it from opening: commands that come right after the start find a node that can carry them out.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        _running = Task.WhenAll(Task.Run(StayAsync, CancellationToken.None), Task.Run(() => _notices.RunAsync(_stopping.Token), CancellationToken.None));
        return Task.WhenAny(_tried.Task, _running).WaitAsync(cancellation);
    }

    /// <summary>Leaves: the others can take at once what this node has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_session is not { } session) return;
        _session = null;
        await Task.WhenAny(LeaveAsync(session), Task.Delay(LeaveLimit, _time, cancellation));
        session.End();
    }

    public async ValueTask<IReadOnlyList<NodeInfo>> AliveAsync(CancellationToken cancellation)
    {
        try
        {
            return await NodeTable.AliveAsync(_source.Pool, cancellation);
        }
        catch (Exception error) when (PostgresErrors.Of(error) is { } trouble)
        {
            throw trouble;
        }
    }

    public async ValueTask<NodeHold?> TryTakeAsync(string key, CancellationToken cancellation)
    {
        if (_session is not { } session) return null;
        try
        {
            return await session.TryTakeAsync(key);
        }
        catch (StorageUnavailableException)
        {
            // The session is over; the next one may take it.
            return null;
        }
    }

    public ValueTask TellToLookAsync() => TellAsync(Look);

    public ValueTask AskForAsync(string stream) => TellAsync($"{Self.Id} {stream}");

    public async ValueTask RetireAsync()
    {
        _isRetired = true;
        if (_session is not { } session) return;
        try
        {
            await session.RetireAsync().WaitAsync(LeaveLimit, _time);
            await TellToLookAsync();
        }
        catch (Exception error) when (error is StorageUnavailableException or TimeoutException)
        {
            Log.NotTold(_logger, error.Message);
        }
    }

    public IDisposable Listen(Action<NodeNotice> listener) => _listeners.Add(listener);

    public void Dispose() => _stopping.Dispose();

    private void Heard(string? payload) =>
        _listeners.Tell(payload?.Split(' ') is [var from, var stream] && Guid.TryParse(from, out var node) ? new NodeNotice(node, stream) : NodeNotice.LookAgain);

    private async ValueTask TellAsync(string payload)
    {
        try
        {
            await _notices.TellAsync(payload);
        }
        catch (StorageUnavailableException error)
        {
            Log.NotTold(_logger, error.Message);
        }
    }

    private async Task StayAsync()
    {
        var wait = FirstBackoff;
        while (!_stopping.IsCancellationRequested)
        {
            var opened = await OpenAsync();
            _tried.TrySetResult();
            if (opened is { } session)
            {
                wait = FirstBackoff;
                await HoldAsync(session);
            }

            await Task.Delay(wait, _time, _stopping.Token);
            wait = wait * 2 < NodeTimings.LongestBackoff ? wait * 2 : NodeTimings.LongestBackoff;
        }
    }

    private async Task<PostgresNodeSession?> OpenAsync()
    {
        try
        {
            var session = await PostgresNodeSession.OpenAsync(_source, _self, _time, _stopping.Token);
            _session = session;
            Log.Opened(_logger, _self.Name, _self.Id);
            await TellToLookAsync();
            return session;
        }
        catch (StorageUnavailableException error)
        {
            Log.NotOpened(_logger, error.Message);
            return null;
        }
    }

    /// <summary>Returns when the session is lost.</summary>
    private async Task HoldAsync(PostgresNodeSession session)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(session.Lost, _stopping.Token);
        try
        {
            while (true)
            {
                await Task.Delay(NodeTimings.Heartbeat, _time, either.Token);
                await session.BeatAsync(isSeen: !_isRetired);
            }
        }
        catch (Exception error) when (!_stopping.IsCancellationRequested && error is OperationCanceledException or StorageUnavailableException)
        {
            _session = null;
            session.End();
            _metrics.SessionLost();
            Log.Lost(_logger, error.Message);
        }
    }

    private async Task LeaveAsync(PostgresNodeSession session)
    {
        try
        {
            await session.LeaveAsync();
            await TellToLookAsync();
        }
        catch (StorageUnavailableException error)
        {
            Log.NotTold(_logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} ({Id}) takes its share of the streams.")]
        public static partial void Opened(ILogger logger, string name, Guid id);

        [LoggerMessage(Level = LogLevel.Debug, Message = "No session with PostgreSQL yet: {Reason}")]
        public static partial void NotOpened(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "This node lost its session with PostgreSQL. Its streams stop here and go on at other nodes, or here as soon as there is a session again: {Reason}")]
        public static partial void Lost(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The other nodes could not be told, and find out by themselves: {Reason}")]
        public static partial void NotTold(ILogger logger, string reason);
    }
}
