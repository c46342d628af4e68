using Microsoft.Extensions.Logging;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>A destination and where its stream stands.</summary>
internal sealed record StandingStream(DestinationDefinition Definition, StreamSnapshot Snapshot);

/// <summary>
/// What users may see of destinations, from any node: as the store has them, and where a stream runs here as it stands at this moment. An instance's admin
/// sees all, a tenant's admin its own; for others they do not exist. Methods that find nothing return null.
/// </summary>
public sealed partial class StreamViews
{
    private readonly OwnedStreams _owned;
    private readonly DefinitionReader _reader;
    private readonly DeliveryEnvironment _environment;
    private readonly ILogger _logger;

    internal StreamViews(OwnedStreams owned, DefinitionReader reader, DeliveryEnvironment environment, ILogger logger) =>
        (_owned, _reader, _environment, _logger) = (owned, reader, environment, logger);

    private long Now => Timestamp.Now(_environment.Time);

    /// <summary>In the order in which they were created.</summary>
    public async ValueTask<IReadOnlyList<DestinationView>> ListAsync(Caller caller, CancellationToken cancellation)
    {
        var views = new List<DestinationView>();
        foreach (var stored in await _environment.Store.AllAsync(cancellation))
        {
            if (!IsVisible(stored, caller) || stored.State.Status == StreamStatus.Deleted || Standing(stored) is not { } standing) continue;
            if (standing.Snapshot.State.Status != StreamStatus.Deleted) views.Add(await ViewAsync(standing, cancellation));
        }

        return views;
    }

    /// <exception cref="DestinationGoneException">It was deleted not long ago.</exception>
    public async ValueTask<DestinationView?> GetAsync(string id, Caller caller, CancellationToken cancellation) =>
        await FindAsync(id, caller, cancellation) is { } stream ? await ViewAsync(stream, cancellation) : null;

    /// <summary>How far it was behind, over the last day, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<LagSample>?> LagAsync(string id, Caller caller, CancellationToken cancellation) =>
        await FindAsync(id, caller, cancellation) is null ? null : await _environment.Store.LagAsync(id, Now - (LagSample.Kept * LagSample.Step), cancellation);

    /// <summary>The last hundred sendings, newest first: those that are stored, and those that will be.</summary>
    public async ValueTask<IReadOnlyList<Attempt>?> AttemptsAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (await FindAsync(id, caller, cancellation) is null) return null;
        var waiting = _owned.Find(id)?.Attempts.Waiting() ?? [];   // first, or one could be stored and no longer wait in between
        var stored = await _environment.Store.AttemptsAsync(id, cancellation);
        return [.. waiting.Reverse().Concat(stored).DistinctBy(attempt => attempt.Number).Take(Attempt.Kept)];
    }

    /// <param name="replay">Only those that this replay set aside.</param>
    public async ValueTask<IReadOnlyList<DeadLetter>?> DeadLettersAsync(string id, Caller caller, long after, int max, string? replay, CancellationToken cancellation) =>
        await FindAsync(id, caller, cancellation) is null ? null : await _environment.Store.DeadLettersAsync(id, after, max, replay, cancellation);

    public async ValueTask<IReadOnlyList<Gap>?> GapsAsync(string id, Caller caller, CancellationToken cancellation) =>
        await FindAsync(id, caller, cancellation) is null ? null : await _environment.Store.GapsAsync(id, cancellation);

    /// <exception cref="DestinationGoneException">It was deleted not long ago.</exception>
    internal async ValueTask<StandingStream?> FindAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (await _environment.Store.FindAsync(id, cancellation) is not { } stored || !IsVisible(stored, caller)) return null;
        var state = Mine(stored)?.Progress.State ?? stored.State;
        if (state.Status != StreamStatus.Deleted) return Standing(stored);
        var isForgotten = Now - state.StatusSince > StreamSupervisor.Remembered.Ticks * 100;
        return isForgotten ? null : throw new DestinationGoneException(state.Deletion?.Unsent ?? new Unsent(null, null, 0));
    }

    internal async ValueTask<DestinationView> ViewAsync(StandingStream stream, CancellationToken cancellation)
    {
        var (definition, (cursor, state)) = stream;
        var waiting = _environment.Metrics.Counts.WaitingOf(definition.Id);
        var (letters, gaps, totals) = await _environment.Store.CountsAsync(definition.Id, cancellation);
        var lag = await StreamLag.OfAsync(_environment.LedgerOf(definition.TenantId), cursor, state.Status, Now, cancellation);
        return new DestinationView(definition, cursor, state, lag, letters, gaps, totals + waiting);
    }

    private StandingStream? Standing(StoredStream stored)
    {
        if (Mine(stored) is { } mine) return new StandingStream(mine.Definition, mine.Progress.Snapshot);
        try
        {
            return new StandingStream(_reader.Load(stored.Destination), new StreamSnapshot(stored.Cursor, stored.State));
        }
        catch (Exception exception)
        {
            Log.NotReadable(_logger, exception, stored.Destination.Id);
            return null;
        }
    }

    /// <summary>Another node may have taken it, and this one not know yet: then its fence tells.</summary>
    private StreamHandle? Mine(StoredStream stored) => _owned.Find(stored.Destination.Id) is { } mine && mine.Fence == stored.Fence ? mine : null;

    private static bool IsVisible(StoredStream stored, Caller caller) => caller.IsInstance || stored.Destination.TenantId == caller.TenantId;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Destination {Destination} cannot be read")]
        public static partial void NotReadable(ILogger logger, Exception exception, string destination);
    }
}
