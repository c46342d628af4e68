using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Query.Filters;
using Sluice.SelfAudit;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery.Replays;

/// <summary>
/// What users do to have events sent again. An instance's admin has all destinations, a tenant's admin its own; for others they do not exist. Whether the
/// destination streams, has failed or is disabled does not matter: who asks for a replay wants it. Methods that find nothing return null.
/// </summary>
/// <exception cref="DestinationStateException">What is there does not allow it.</exception>
/// <exception cref="DestinationGoneException">The destination was deleted not long ago.</exception>
public sealed class ReplayControl
{
    private readonly StreamViews _views;
    private readonly ReplayStore _store;
    private readonly ReplaySupervisor _supervisor;
    private readonly DeliveryEnvironment _environment;

    internal ReplayControl(StreamViews views, ReplayStore store, ReplaySupervisor supervisor, DeliveryEnvironment environment) =>
        (_views, _store, _supervisor, _environment) = (views, store, supervisor, environment);

    private long Now => Timestamp.Now(_environment.Time);

    public async ValueTask<StoredReplay?> StartAsync(string destination, ReplayRequest request, Caller caller, CancellationToken cancellation)
    {
        if (await FindAsync(destination, caller, cancellation) is not { } stream) return null;
        if (request is { From: null, Filter: null }) throw new DefinitionException("missing_field", "from", "from is missing: a time or a sequence. Only with a filter it may be left out.");
        CheckFilter(request.Filter);
        var (first, last) = await ReplayRange.OfAsync(await LedgerAsync(stream, cancellation), request, cancellation);
        var order = Order(destination, ReplaySource.Range, first, last) with { Filter = request.Filter, EventsPerSecond = request.EventsPerSecond };
        return await StartAsync(order, stream.Definition, stream.Snapshot.State.Trusted, null);
    }

    /// <summary>Sends what is in a closed gap and passes the destination's filter.</summary>
    public async ValueTask<StoredReplay?> RefillAsync(string destination, string gapId, Caller caller, CancellationToken cancellation)
    {
        if (await FindAsync(destination, caller, cancellation) is not { } stream) return null;
        if ((await _environment.Store.GapsAsync(destination, cancellation)).FirstOrDefault(gap => gap.Id == gapId) is not { } gap) return null;
        if (gap.Last is not { } last) throw new DestinationStateException("gap_open", "This gap is still open: enable or resume the destination first. `resume` from `gap` sends it as well.");
        if (gap.RefilledAt is not null) throw new DestinationStateException("already_refilled", "This gap was refilled. To send its events once more, start a replay of its range.");
        ReplayRange.RequireKept(await LedgerAsync(stream, cancellation), gap.First, last);
        return await StartAsync(Order(destination, ReplaySource.Gap, gap.First, last) with { GapId = gapId }, stream.Definition, stream.Snapshot.State.Trusted, null);
    }

    /// <param name="sequences">Which dead letters; null for all.</param>
    public async ValueTask<StoredReplay?> ReplayDeadLettersAsync(string destination, IReadOnlyList<long>? sequences, Caller caller, CancellationToken cancellation)
    {
        if (await FindAsync(destination, caller, cancellation) is not { } stream) return null;
        var there = await _store.DeadLettersAsync(destination, 0, long.MaxValue, int.MaxValue, cancellation);
        if (sequences is not null)
        {
            RequireThere(sequences, there);
            there = [.. sequences.Distinct().Order()];
        }

        var (first, last) = there.Count > 0 ? (there[0], there[^1]) : (0, -1);
        var order = Order(destination, ReplaySource.DeadLetters, first, last) with { Sequences = sequences is null ? null : there };
        return await StartAsync(order, stream.Definition, isTrusted: true, there.Count);
    }

    /// <summary>Nothing more is sent by this node when it returns, and by another one within the second after. One that has ended stays as it is.</summary>
    public async ValueTask<StoredReplay?> StopAsync(string destination, string id, Caller caller, CancellationToken cancellation)
    {
        if (await _views.FindAsync(destination, caller, cancellation) is not { Definition: var definition } || await _store.FindAsync(destination, id, cancellation) is not { } replay) return null;
        if (replay.Standing.Status != ReplayStatus.Running) return replay;
        await _store.StopAsync(id, "It was stopped by a user.", Now, CancellationToken.None, Told(OwnActions.ReplayStopped, definition, replay.Order));
        await _supervisor.EndAsync(id);
        await _environment.Node.TellToLookAsync();
        return await _store.FindAsync(destination, id, cancellation);
    }

    /// <summary>Newest first: those that run, and the last hundred that have ended.</summary>
    public async ValueTask<IReadOnlyList<StoredReplay>?> ListAsync(string destination, Caller caller, CancellationToken cancellation) =>
        await _views.FindAsync(destination, caller, cancellation) is null ? null : await _store.OfAsync(destination, cancellation);

    public async ValueTask<StoredReplay?> GetAsync(string destination, string id, Caller caller, CancellationToken cancellation) =>
        await _views.FindAsync(destination, caller, cancellation) is null ? null : await _store.FindAsync(destination, id, cancellation);

    /// <summary>A replay's last hundred sendings, newest first.</summary>
    public async ValueTask<IReadOnlyList<Attempt>?> AttemptsAsync(string destination, string id, Caller caller, CancellationToken cancellation) =>
        await GetAsync(destination, id, caller, cancellation) is null ? null : await _store.AttemptsAsync(id, cancellation);

    /// <summary>A dead letter with its event as the destination is sent it.</summary>
    public async ValueTask<DeadLetterView?> InspectAsync(string destination, long sequence, Caller caller, CancellationToken cancellation)
    {
        if (await _views.FindAsync(destination, caller, cancellation) is not { Definition: var definition }) return null;
        if (await _environment.Store.FindDeadLetterAsync(destination, sequence, cancellation) is not { } letter) return null;
        using var page = new EventPage();
        await _environment.LedgerOf(definition.TenantId).ReadManyAsync(page, new[] { sequence }, cancellation);
        if (page.Count == 0) return new DeadLetterView(letter, definition.Profile.Name, null);
        using var spelled = new PooledBuffer();
        definition.Profile.Write(page[0], spelled);
        return new DeadLetterView(letter, definition.Profile.Name, spelled.Written.ToArray());
    }

    private async ValueTask<StandingStream?> FindAsync(string destination, Caller caller, CancellationToken cancellation)
    {
        if (await _views.FindAsync(destination, caller, cancellation) is not { } stream) return null;
        if (stream.Snapshot.State.Status == StreamStatus.Deleting) throw new DestinationStateException("deleting", "This destination is being deleted.");
        return stream;
    }

    /// <summary>With everything in it that was acknowledged before the call, by whichever node.</summary>
    private async ValueTask<ILedgerReader> LedgerAsync(StandingStream stream, CancellationToken cancellation)
    {
        var ledger = _environment.LedgerOf(stream.Definition.TenantId);
        await ledger.CatchUpAsync(cancellation);
        return ledger;
    }

    private ReplayOrder Order(string destination, ReplaySource source, long first, long last) =>
        new(Identifier.New("rpl_", Now), destination, source, first, last, null, null, Now);

    private OwnEvent Told(string action, DestinationDefinition definition, ReplayOrder order) => DestinationEvents.Commanded(action, Now, definition, new JsonObject
    {
        ["replay_id"] = order.Id,
        ["source"] = order.Source.Name(),
        ["first"] = order.First,
        ["last"] = order.Last,
        ["gap_id"] = order.GapId,
    });

    /// <param name="isTrusted">The destination has proven that its refusals are about events.</param>
    private async ValueTask<StoredReplay> StartAsync(ReplayOrder order, DestinationDefinition definition, bool isTrusted, long? total)
    {
        var state = StreamState.Created(Now, enabled: true) with { Trusted = isTrusted };
        var admission = await _store.CreateAsync(order, state, total, CancellationToken.None, Told(OwnActions.ReplayStarted, definition, order));   // or it could be stored and not told of
        if (admission == ReplayAdmission.TooMany)
            throw new DestinationStateException("too_many_replays", $"{ReplayOrder.MostRunning} replays of this destination are running. Wait for one to end, or stop one.");
        if (admission == ReplayAdmission.RunsAlready)
            throw new DestinationStateException("already_running", order.GapId is null ? "A replay of this destination's dead letters is running." : "This gap is being refilled.");
        var standing = new ReplayStanding(ReplayStatus.Running, order.First - 1, 0, 0, state);
        _supervisor.Kick();
        await _environment.Node.TellToLookAsync();
        return new StoredReplay(order, standing, total, 0);
    }

    private static void CheckFilter(string? text)
    {
        if (text is null || EventFilter.TryParse(text, out _, out var problem)) return;
        throw new DefinitionException("invalid_filter", "filter", problem.Message) { Column = problem.Column, Expected = problem.Expected };
    }

    private static void RequireThere(IReadOnlyList<long> sequences, IReadOnlyList<long> there)
    {
        var known = there.ToHashSet();
        for (var i = 0; i < sequences.Count; i++)
        {
            if (!known.Contains(sequences[i])) throw DefinitionException.Value($"sequences[{i}]", $"There is no dead letter {sequences[i]}.");
        }
    }
}
