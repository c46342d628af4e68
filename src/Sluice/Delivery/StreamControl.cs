using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>
/// What users do with destinations. An instance's admin sees and changes all, a tenant's admin its own; for others they do not exist.
/// Methods that find nothing return null; a change is durable when its method returns.
/// </summary>
public sealed class StreamControl
{
    /// <summary>A request on its way may end by itself when its destination changes; then what it brought is not sent twice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(30);

    private readonly StreamSupervisor _supervisor;
    private readonly DefinitionReader _reader;
    private readonly DeliveryEnvironment _environment;

    internal StreamControl(StreamSupervisor supervisor, DefinitionReader reader, DeliveryEnvironment environment) =>
        (_supervisor, _reader, _environment) = (supervisor, reader, environment);

    private long Now => Timestamp.Now(_environment.Time);

    public async ValueTask<DestinationView> CreateAsync(JsonObject given, Caller caller, CancellationToken cancellation)
    {
        var definition = _reader.Create(given, TenantOf(given, caller), Now);
        CheckKind(definition.Kind, caller);
        var enabled = definition.Stream.Enabled;
        var cursor = await StartPosition.CursorAsync(_environment.LedgerOf(definition.TenantId), enabled ? definition.Stream.StartFrom : "now", cancellation);
        var state = StreamState.Created(Now, enabled);
        var fence = await _environment.Store.CreateAsync(definition.Row, cursor, state, _environment.Node, CancellationToken.None);   // or it could be stored and not run
        return await ViewAsync(_supervisor.Add(definition, new StreamSnapshot(cursor, state), fence), cancellation);
    }

    public async ValueTask<IReadOnlyList<DestinationView>> ListAsync(Caller caller, CancellationToken cancellation)
    {
        var views = new List<DestinationView>();
        foreach (var stream in _supervisor.All().Where(stream => IsVisible(stream, caller))) views.Add(await ViewAsync(stream, cancellation));
        return views;
    }

    public async ValueTask<DestinationView?> GetAsync(string id, Caller caller, CancellationToken cancellation) =>
        Find(id, caller) is { } stream ? await ViewAsync(stream, cancellation) : null;

    public async ValueTask<DestinationView?> UpdateAsync(string id, JsonObject given, Caller caller, CancellationToken cancellation) =>
        await CommandAsync(id, caller, cancellation, async stream =>
        {
            var before = stream.Definition;
            CheckKind(before.Kind, caller);
            RefuseNewTenant(given, before);
            var definition = _reader.Update(before, given, Now);
            RefuseNewStart(definition, stream);
            await stream.StopAsync(Grace);
            var change = await new StreamTransition(stream.Progress.Snapshot, await OpenGapAsync(stream, cancellation), stream.Ledger, Now)
                .UpdateAsync(id, definition, IsMoreThanName(given), cancellation);
            await ApplyAsync(stream, change with { Destination = definition.Row }, before.Filter, definition);
        });

    /// <param name="from"><c>now</c>, <c>gap</c>, or an RFC 3339 time.</param>
    public async ValueTask<DestinationView?> ResumeAsync(string id, string from, Caller caller, CancellationToken cancellation) =>
        await CommandAsync(id, caller, cancellation, async stream =>
        {
            if (from is not ("now" or "gap") && !Timestamp.TryParse(from, out _))
                throw DefinitionException.Value("from", "from is \"now\", \"gap\" or an RFC 3339 time.");
            if (stream.Progress.State.Status != StreamStatus.Failed) throw new DestinationStateException("not_failed", "Only a destination that has failed can be resumed.");
            var change = await new StreamTransition(stream.Progress.Snapshot, await OpenGapAsync(stream, cancellation), stream.Ledger, Now).ResumeAsync(id, from, cancellation);
            await ApplyAsync(stream, change, stream.Definition.Filter, stream.Definition);
        });

    public async ValueTask<DestinationView?> DeleteAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (Find(id, caller) is not { } stream) return null;
        await stream.Gate.WaitAsync(cancellation);
        try
        {
            var status = stream.Progress.State.Status;
            if (status is StreamStatus.Deleting or StreamStatus.Deleted) return await ViewAsync(stream, cancellation);
            var end = stream.Ledger.Size;
            await stream.StopAsync(Grace);
            var atOnce = stream.Progress.State.Status is StreamStatus.Failed or StreamStatus.Disabled;
            var deletion = new Deletion(end, Now + (atOnce ? 0 : Flush.Ticks * 100));
            await ApplyAsync(stream, new StreamChange(id, stream.Progress.Cursor, stream.Progress.State.Deleting(Now, deletion)), stream.Definition.Filter, stream.Definition);
            var view = await ViewAsync(stream, cancellation);
            if (atOnce) await Task.WhenAny(stream.Running, Task.Delay(Grace, _environment.Time, cancellation));
            return view;
        }
        finally
        {
            stream.Gate.Release();
        }
    }

    public async ValueTask<TestResult?> TestAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (Find(id, caller) is not { } stream) return null;
        var definition = stream.Definition;
        var batch = TestEvent.Batch(id, definition.TenantId, definition.Profile, definition.Kind.Limits(definition.Settings), Now, out var events);
        var started = _environment.Time.GetTimestamp();
        using (events)
        {
            var sender = stream.OpenSender(out var destination);
            await using (destination)
            {
                var result = await sender.TryAsync(batch, cancellation);
                return Describe(result, _environment.Time.GetElapsedTime(started));
            }
        }
    }

    /// <summary>The last hundred sendings, newest first: those that are stored, and those that will be.</summary>
    public async ValueTask<IReadOnlyList<Attempt>?> AttemptsAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (Find(id, caller) is not { } stream) return null;
        var waiting = stream.Attempts.Waiting();   // first, or one could be stored and no longer wait in between
        var stored = await _environment.Store.AttemptsAsync(id, cancellation);
        return [.. waiting.Reverse().Concat(stored).DistinctBy(attempt => attempt.Number).Take(Attempt.Kept)];
    }

    public async ValueTask<IReadOnlyList<DeadLetter>?> DeadLettersAsync(string id, Caller caller, long after, int max, CancellationToken cancellation) =>
        Find(id, caller) is null ? null : await _environment.Store.DeadLettersAsync(id, after, max, cancellation);

    public async ValueTask<bool> RemoveDeadLetterAsync(string id, long sequence, Caller caller, CancellationToken cancellation) =>
        Find(id, caller) is not null && await _environment.Store.RemoveDeadLetterAsync(id, sequence, cancellation);

    public async ValueTask<IReadOnlyList<Gap>?> GapsAsync(string id, Caller caller, CancellationToken cancellation) =>
        Find(id, caller) is null ? null : await _environment.Store.GapsAsync(id, cancellation);

    private async ValueTask<DestinationView?> CommandAsync(string id, Caller caller, CancellationToken cancellation, Func<StreamHandle, ValueTask> command)
    {
        if (Find(id, caller) is not { } stream) return null;
        await stream.Gate.WaitAsync(cancellation);
        try
        {
            if (stream.Progress.State.Status is StreamStatus.Deleting or StreamStatus.Deleted)
                throw new DestinationStateException("deleting", "This destination is being deleted.");
            await command(stream);
        }
        finally
        {
            // Whatever happened, what should run runs.
            if (stream.Running.IsCompleted) stream.Start();
            stream.Gate.Release();
        }

        return await ViewAsync(stream, cancellation);
    }

    private async ValueTask ApplyAsync(StreamHandle stream, StreamChange change, StreamFilter counted, DestinationDefinition definition)
    {
        change = change with { Attempts = stream.Attempts.Waiting() };
        await _environment.Store.SaveAsync(change, stream.Fence);
        stream.Definition = definition;
        stream.Progress.Adopt(change);
        if (change.Gap is { ClosedAt: not null } gap && gap.Last >= gap.First) _supervisor.CountLater(stream, counted, gap);
        if (stream.Running.IsCompleted) stream.Start();
    }

    private async ValueTask<Gap?> OpenGapAsync(StreamHandle stream, CancellationToken cancellation) =>
        (await _environment.Store.GapsAsync(stream.Definition.Id, cancellation)).LastOrDefault(gap => gap.ClosedAt is null);

    private async ValueTask<DestinationView> ViewAsync(StreamHandle stream, CancellationToken cancellation)
    {
        var (cursor, state) = stream.Progress.Snapshot;
        var (letters, gaps) = await _environment.Store.CountsAsync(stream.Definition.Id, cancellation);
        return new DestinationView(stream.Definition, cursor, state, await LagAsync(stream, cursor, state, cancellation), letters, gaps);
    }

    private async ValueTask<StreamLag> LagAsync(StreamHandle stream, long cursor, StreamState state, CancellationToken cancellation)
    {
        var pending = stream.Ledger.Size - Math.Max(cursor + 1, stream.Ledger.First);
        if (pending <= 0 || state.Status is StreamStatus.Disabled or StreamStatus.Deleted) return default;
        var oldest = await StartPosition.PersistedAtAsync(stream.Ledger, Math.Max(cursor + 1, stream.Ledger.First), cancellation);
        return new StreamLag(pending, oldest is { } at ? Math.Max(0, (Now - at) / 1_000_000_000) : 0, oldest);
    }

    private StreamHandle? Find(string id, Caller caller)
    {
        if (_supervisor.Find(id) is not { } stream || !IsVisible(stream, caller)) return null;
        if (stream.Progress.State is not { Status: StreamStatus.Deleted } state) return stream;
        var isForgotten = Now - state.StatusSince > StreamSupervisor.Remembered.Ticks * 100;
        return isForgotten ? null : throw new DestinationGoneException(state.Deletion?.Unsent ?? new Unsent(null, null, 0));
    }

    private static bool IsVisible(StreamHandle stream, Caller caller) => caller.IsInstance || stream.Definition.TenantId == caller.TenantId;

    private static void CheckKind(DestinationKind kind, Caller caller)
    {
        if (kind.IsForInstanceAdmins && !caller.IsInstance)
            throw new DefinitionException("forbidden", "provider", $"Provider {kind.Name} needs an instance admin: it reaches into the machine that Sluice runs on.");
    }

    private static string? TenantOf(JsonObject given, Caller caller)
    {
        if (given["tenant_id"] is not { } node) return caller.TenantId;
        if (node is not JsonValue value || !value.TryGetValue(out string? tenant) || tenant.Length == 0)
            throw new DefinitionException("invalid_type", "tenant_id", "tenant_id: Expected a tenant's id or null.");
        if (!caller.IsInstance && tenant != caller.TenantId)
            throw new DefinitionException("forbidden_tenant", "tenant_id", "This key makes destinations for its own tenant only.");
        return tenant;
    }

    private static void RefuseNewTenant(JsonObject given, DestinationDefinition before)
    {
        if (!given.ContainsKey("tenant_id")) return;
        var tenant = given["tenant_id"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        if (tenant != before.TenantId) throw DefinitionException.Value("tenant_id", "A destination keeps its tenant: delete it and create another.");
    }

    private static void RefuseNewStart(DestinationDefinition definition, StreamHandle stream)
    {
        if (definition.Stream.StartFrom != stream.Definition.Stream.StartFrom && !stream.Progress.State.NotStarted)
            throw DefinitionException.Value("start_from", "The stream has begun: start_from cannot change any more.");
    }

    private static bool IsMoreThanName(JsonObject given) => given.Any(member => member.Key != "name" && !DefinitionReader.IsShownOnly(member.Key));

    private static TestResult Describe(DeliveryResult result, TimeSpan duration)
    {
        (ErrorClass? error, string? reason) = result switch
        {
            DeliveryResult.Delivered => default((ErrorClass?, string?)),
            DeliveryResult.TryLater later => (later.Class, later.Reason),
            DeliveryResult.Refused refused => (ErrorClass.Refused, refused.Reason),
            DeliveryResult.PartlyRefused { Events: [var first, ..] } => (ErrorClass.Refused, first.Reason),
            _ => (ErrorClass.Refused, "The event alone is too large for the destination."),
        };
        return new TestResult(error is null, error, result.HttpStatus, (long)duration.TotalMilliseconds, result.SentBytes, result.Answer ?? reason);
    }
}
