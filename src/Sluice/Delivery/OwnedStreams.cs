using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Nodes;
using Sluice.SelfAudit;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Telemetry;

namespace Sluice.Delivery;

/// <summary>
/// The streams that this node has. One is taken in two steps, first the lock, which keeps other nodes off, then a new fence in the store, which makes
/// whatever an earlier owner still writes void; and given back the other way round. Each stream has a gate: whoever takes it, gives it back or commands it
/// is alone with it.
/// </summary>
internal sealed partial class OwnedStreams(DeliveryEnvironment environment, DefinitionReader reader, GapCounting gaps, ILogger logger)
{
    /// <summary>A request on its way may end by itself when somebody wants the stream; then what it brought is not sent twice.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a node that hangs keeps its locks.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>A destination that was being deleted when its node ended gets at least this long to take the rest.</summary>
    private static readonly TimeSpan FlushAfterTaking = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, StreamHandle> _streams = new(StringComparer.Ordinal);
    private readonly KeyedGates _gates = new();

    /// <summary>Called when a stream came to its end here.</summary>
    public Action Ended { get; set; } = () => { };

    private INode Node => environment.Node;

    public IReadOnlyCollection<StreamHandle> All => (IReadOnlyCollection<StreamHandle>)_streams.Values;

    public StreamHandle? Find(string id) => _streams.GetValueOrDefault(id);

    public ValueTask<IDisposable> EnterAsync(string id, CancellationToken cancellation) => _gates.EnterAsync(id, cancellation);

    public IDisposable? TryEnter(string id) => _gates.TryEnter(id);

    /// <summary>Stores a new destination, whose stream this node then has.</summary>
    /// <param name="beside">As <see cref="StreamControl"/> has it.</param>
    public async ValueTask<StreamHandle> CreateAsync(
        DestinationDefinition definition, StreamSnapshot snapshot, Action<IReadOnlyList<DestinationDefinition>>? beside, OwnEvent told, CancellationToken cancellation)
    {
        using var alone = await EnterAsync(definition.Id, cancellation);
        var hold = await Node.TryTakeAsync(Key(definition.Id), cancellation) ?? throw new StreamElsewhereException();
        try
        {
            var fence = await environment.Store.CreateAsync(
                definition.Row, snapshot.Cursor, snapshot.State, Node.Self.Owner, CheckNew(definition, beside), CancellationToken.None, told);   // or it could be stored and not run
            return Keep(new StreamHandle(definition, snapshot, fence, 0, hold, environment));
        }
        catch
        {
            await hold.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Takes a stream that nobody has. The caller has entered.</summary>
    /// <returns>It stands still as yet; null when another node has it.</returns>
    public async ValueTask<StreamHandle?> TryTakeAsync(string id, CancellationToken cancellation)
    {
        if (await Node.TryTakeAsync(Key(id), cancellation) is not { } hold) return null;
        try
        {
            var stored = await environment.Store.TakeAsync(id, Node.Self.Owner, cancellation) ?? throw new StreamElsewhereException();
            var snapshot = new StreamSnapshot(stored.Cursor, WithTimeToFlush(stored.State));
            var stream = Keep(new StreamHandle(reader.Load(stored.Destination), snapshot, stored.Fence, stored.Attempts, hold, environment));
            await gaps.CountLeftAsync(stream.Definition, cancellation);
            return stream;
        }
        catch
        {
            _streams.TryRemove(id, out _);
            await hold.ReleaseAsync();
            throw;
        }
    }

    /// <summary>Counts the gaps that an earlier start left uncounted where nobody will take the stream, and do it then.</summary>
    public async ValueTask CountLeftAsync(CancellationToken cancellation)
    {
        foreach (var stored in await environment.Store.AllAsync(cancellation))
        {
            if (stored.State.Status is not (StreamStatus.Failed or StreamStatus.Disabled)) continue;
            try
            {
                await gaps.CountLeftAsync(reader.Load(stored.Destination), cancellation);
            }
            catch (Exception exception) when (exception is not (OperationCanceledException or StorageUnavailableException))
            {
                Log.NotReadable(logger, exception, stored.Destination.Id);
            }
        }
    }

    /// <summary>Has this node own the stream, whoever has it now. The caller has entered.</summary>
    /// <exception cref="StreamElsewhereException">Its owner did not give it back in time.</exception>
    public async ValueTask<StreamHandle> ObtainAsync(string id, CancellationToken cancellation)
    {
        if (Find(id) is { } mine)
        {
            if (!mine.IsOver) return mine;
            await GiveBackAsync(mine, Grace);
        }

        var began = environment.Time.GetTimestamp();
        for (var asked = -AskEvery; ;)
        {
            if (await TryTakeAsync(id, cancellation) is { } taken) return taken;
            var waited = environment.Time.GetElapsedTime(began);
            if (waited > LongestWait) throw new StreamElsewhereException();
            if (waited - asked >= AskEvery)
            {
                await Node.AskForAsync(id);
                asked = waited;
            }

            await Task.Delay(TryEvery, environment.Time, cancellation);
        }
    }

    /// <summary>Stops a stream and lets other nodes have it. The caller has entered. What goes wrong with that leaves it to be taken away.</summary>
    public async Task GiveBackAsync(StreamHandle stream, TimeSpan grace)
    {
        await stream.StopAsync(grace);
        await ReleaseAsync(stream);
        _streams.TryRemove(new KeyValuePair<string, StreamHandle>(stream.Definition.Id, stream));
        await stream.Hold.ReleaseAsync();
    }

    /// <summary>What the store does with the others of a provider to ask about those of one tenant.</summary>
    public Action<IReadOnlyList<StoredStream>>? Beside(DestinationDefinition definition, Action<IReadOnlyList<DestinationDefinition>>? beside) => beside is null
        ? null
        : others => beside([.. others.Where(other => other.Destination.TenantId == definition.TenantId && other.State.Status != StreamStatus.Deleting).Select(other => reader.Load(other.Destination))]);

    private Action<IReadOnlyList<StoredStream>>? CheckNew(DestinationDefinition definition, Action<IReadOnlyList<DestinationDefinition>>? beside) =>
        Beside(definition, beside) + (definition.Settings is IUniqueSettings unique ? others => CheckSettings(unique, others) : null);

    private void CheckSettings(IUniqueSettings unique, IReadOnlyList<StoredStream> others)
    {
        foreach (var other in others) unique.CheckBeside(reader.Load(other.Destination).Settings);
    }

    private StreamHandle Keep(StreamHandle stream)
    {
        stream.Ended = () => Ended();
        _streams[stream.Definition.Id] = stream;
        environment.Metrics.Opened(stream.Definition.Id);
        return stream;
    }

    private async Task ReleaseAsync(StreamHandle stream)
    {
        if (stream.IsOver) return;
        try
        {
            await environment.Store.ReleaseAsync(stream.Definition.Id, stream.Fence);
        }
        catch (StorageUnavailableException problem)
        {
            Log.NotReleased(logger, stream.Definition.Id, problem.Message);
        }
    }

    private StreamState WithTimeToFlush(StreamState state)
    {
        if (state is not { Status: StreamStatus.Deleting, Deletion: { } deletion }) return state;
        var soonest = Timestamp.Now(environment.Time) + (FlushAfterTaking.Ticks * 100);
        return state with { Deletion = deletion with { Deadline = Math.Max(deletion.Deadline, soonest) } };
    }

    private static string Key(string id) => "stream/" + id;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Destination {Destination} cannot be read")]
        public static partial void NotReadable(ILogger logger, Exception exception, string destination);

        [LoggerMessage(Level = LogLevel.Information, Message = "Destination {Destination} could not be given back; others take it all the same: {Problem}")]
        public static partial void NotReleased(ILogger logger, string destination, string problem);
    }
}
