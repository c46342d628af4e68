using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Delivery.Trials;
using Sluice.Events;
using Sluice.SelfAudit;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery;

/// <summary>
/// What users do with destinations. An instance's admin changes all, a tenant's admin its own; for others they do not exist. A change is made by the
/// node that is asked for it, after the stream's owner gave it the stream. Methods that find nothing return null; a change is durable when its method returns.
/// </summary>
/// <exception cref="StreamElsewhereException">The owner did not give it back in time; nothing was changed.</exception>
/// <exception cref="NameTakenException">A destination is to have the name that another one of its tenant has; nothing was changed.</exception>
public sealed class StreamControl
{
    private static readonly TimeSpan Flush = TimeSpan.FromSeconds(30);

    private readonly StreamSupervisor _supervisor;
    private readonly OwnedStreams _owned;
    private readonly StreamViews _views;
    private readonly GapCounting _gaps;
    private readonly DefinitionReader _reader;
    private readonly DeliveryEnvironment _environment;

    internal StreamControl(StreamSupervisor supervisor, OwnedStreams owned, StreamViews views, GapCounting gaps, DefinitionReader reader, DeliveryEnvironment environment) =>
        (_supervisor, _owned, _views, _gaps, _reader, _environment) = (supervisor, owned, views, gaps, reader, environment);

    private long Now => Timestamp.Now(_environment.Time);

    /// <param name="beside">Sees the others of its provider and tenant, those that are being deleted left out, while none can come or change; what it throws keeps this one out.</param>
    public async ValueTask<DestinationView> CreateAsync(JsonObject given, Caller caller, CancellationToken cancellation, Action<IReadOnlyList<DestinationDefinition>>? beside = null)
    {
        var force = TakeForce(given);
        var definition = _reader.Create(given, TenantOf(given, caller), Now);
        CheckKind(definition.Kind, caller);
        await RequireStreamingAsync(definition.TenantId);
        if (!force) await RefuseSilenceAsync(definition, cancellation);
        var enabled = definition.Stream.Enabled;
        var cursor = await StartPosition.CursorAsync(_environment.LedgerOf(definition.TenantId), enabled ? definition.Stream.StartFrom : "now", cancellation);
        var snapshot = new StreamSnapshot(cursor, StreamState.Created(Now, enabled));
        var stream = await _owned.CreateAsync(
            definition, snapshot, beside, DestinationEvents.Changed(OwnActions.DestinationCreated, Now, null, definition, Names(given)), CancellationToken.None);   // or it could be stored and not run
        stream.Start();
        _supervisor.Kick();
        return await _views.ViewAsync(new StandingStream(definition, snapshot), cancellation);
    }

    public ValueTask<DestinationView?> UpdateAsync(string id, JsonObject given, Caller caller, CancellationToken cancellation)
    {
        var force = TakeForce(given);
        return UpdateAsync(id, _ => given, caller, cancellation, force);
    }

    /// <param name="change">Makes the members to change from what the destination is at that moment: changes of one destination come one after the other.</param>
    /// <param name="force">A filter that lets nothing through is meant.</param>
    /// <param name="beside">As for a new one; what it throws keeps the change out.</param>
    public ValueTask<DestinationView?> UpdateAsync(
        string id, Func<DestinationDefinition, JsonObject> change, Caller caller, CancellationToken cancellation, bool force = false, Action<IReadOnlyList<DestinationDefinition>>? beside = null) =>
        CommandAsync(id, caller, cancellation, its => Changed(its.Definition, its.Snapshot.State, change(its.Definition), caller), async stream =>
        {
            var before = stream.Definition;
            var given = change(before);
            var definition = Changed(before, stream.Progress.State, given, caller);
            if (!force && !definition.HasFilterOf(before)) await RefuseSilenceAsync(definition, cancellation);
            await stream.StopAsync(OwnedStreams.Grace);
            var transition = await new StreamTransition(stream.Progress.Snapshot, await OpenGapAsync(id, cancellation), stream.Ledger, Now)
                .UpdateAsync(id, definition, IsMoreThanName(given), cancellation);
            if (!definition.SpellsLike(before)) transition = transition with { State = transition.State.Thawed() };
            var told = DestinationEvents.Changed(DestinationEvents.ActionOf(before.Stream.Enabled, definition.Stream.Enabled), Now, before, definition, Names(given));
            await ApplyAsync(stream, transition with { Destination = definition.Row, Beside = _owned.Beside(definition, beside), Told = told }, before.Filter, definition);
        });

    /// <param name="from"><c>now</c>, <c>gap</c>, or an RFC 3339 time.</param>
    public ValueTask<DestinationView?> ResumeAsync(string id, string from, Caller caller, CancellationToken cancellation) =>
        CommandAsync(id, caller, cancellation, its => RefuseToResume(its.Snapshot.State, from), async stream =>
        {
            RefuseToResume(stream.Progress.State, from);
            var change = await new StreamTransition(stream.Progress.Snapshot, await OpenGapAsync(id, cancellation), stream.Ledger, Now).ResumeAsync(id, from, cancellation);
            var told = DestinationEvents.Commanded(OwnActions.DestinationResumed, Now, stream.Definition, new JsonObject { ["from"] = from });
            await ApplyAsync(stream, change with { Told = told }, stream.Definition.Filter, stream.Definition);
        });

    public async ValueTask<DestinationView?> DeleteAsync(string id, Caller caller, CancellationToken cancellation)
    {
        if (await _views.FindAsync(id, caller, cancellation) is not { } found) return null;
        if (IsGoing(found.Snapshot.State)) return await _views.ViewAsync(found, cancellation);
        using var alone = await _owned.EnterAsync(id, cancellation);
        return await WithStreamAsync(id, cancellation, async stream =>
        {
            if (IsGoing(stream.Progress.State)) return await _views.ViewAsync(Standing(stream), cancellation);
            var end = stream.Ledger.Size;
            await stream.StopAsync(OwnedStreams.Grace);
            var atOnce = stream.Progress.State.Status is StreamStatus.Failed or StreamStatus.Disabled;
            var deletion = new Deletion(end, Now + (atOnce ? 0 : Flush.Ticks * 100));
            var told = DestinationEvents.Changed(OwnActions.DestinationDeleted, Now, stream.Definition, null);
            await ApplyAsync(stream, new StreamChange(id, stream.Progress.Cursor, stream.Progress.State.Deleting(Now, deletion)) { Told = told }, stream.Definition.Filter, stream.Definition);
            var view = await _views.ViewAsync(Standing(stream), cancellation);
            if (atOnce) await Task.WhenAny(stream.Running, Task.Delay(OwnedStreams.Grace, _environment.Time, cancellation));
            return view;
        });
    }

    /// <summary>Any node can: it needs the destination, not its stream.</summary>
    public async ValueTask<TestResult?> TestAsync(string id, Caller caller, CancellationToken cancellation) =>
        await _views.FindAsync(id, caller, cancellation) is { Definition: var definition } ? await TestAsync(definition, cancellation) : null;

    /// <summary>The same for a destination that there is not yet, from what would create it. Nothing is stored.</summary>
    public async ValueTask<TestResult> TestNewAsync(JsonObject given, Caller caller, CancellationToken cancellation)
    {
        TakeForce(given);
        var definition = _reader.Create(given, TenantOf(given, caller), Now);
        CheckKind(definition.Kind, caller);
        await RequireStreamingAsync(definition.TenantId);
        return await TestAsync(definition, cancellation);
    }

    /// <summary>The same for a destination as it would be with some members changed.</summary>
    public async ValueTask<TestResult?> TestChangedAsync(string id, JsonObject given, Caller caller, CancellationToken cancellation)
    {
        TakeForce(given);
        if (await _views.FindAsync(id, caller, cancellation) is not { } found) return null;
        return await TestAsync(Changed(found.Definition, found.Snapshot.State, given, caller), cancellation);
    }

    private async ValueTask<TestResult> TestAsync(DestinationDefinition definition, CancellationToken cancellation)
    {
        var batch = TestEvent.Batch(definition, Now, out var events);
        var started = _environment.Time.GetTimestamp();
        using (events)
        {
            await using var destination = _environment.Open(definition);
            var sender = new BatchSender(destination, definition.Mask, new Attempts(0), _environment.Metrics, _environment.Time);
            var result = await sender.TestAsync(batch, cancellation);
            return TestResult.Of(result, _environment.Time.GetElapsedTime(started));
        }
    }

    public async ValueTask<bool> RemoveDeadLetterAsync(string id, long sequence, Caller caller, CancellationToken cancellation) =>
        await _views.FindAsync(id, caller, cancellation) is { Definition: var definition } && await _environment.Store.RemoveDeadLetterAsync(
            id, sequence, DestinationEvents.Commanded(OwnActions.DeadLetterRemoved, Now, definition, new JsonObject { ["sequence"] = sequence }), cancellation);

    /// <param name="check">Refuses what can be refused without having the stream: nobody is disturbed for that.</param>
    private async ValueTask<DestinationView?> CommandAsync(
        string id, Caller caller, CancellationToken cancellation, Action<StandingStream> check, Func<StreamHandle, ValueTask> command)
    {
        if (await _views.FindAsync(id, caller, cancellation) is not { } found) return null;
        if (!IsGoing(found.Snapshot.State)) check(found);
        using var alone = await _owned.EnterAsync(id, cancellation);
        return await WithStreamAsync<DestinationView?>(id, cancellation, async stream =>
        {
            if (IsGoing(stream.Progress.State)) throw new DestinationStateException("deleting", "This destination is being deleted.");
            await command(stream);
            return await _views.ViewAsync(Standing(stream), cancellation);
        });
    }

    private async ValueTask<T> WithStreamAsync<T>(string id, CancellationToken cancellation, Func<StreamHandle, ValueTask<T>> command)
    {
        var stream = await _owned.ObtainAsync(id, cancellation);
        _supervisor.KeepForAWhile(id);
        try
        {
            return await command(stream);
        }
        catch (StaleStreamException)
        {
            throw new StreamElsewhereException();
        }
        finally
        {
            // Whatever happened, what should run runs.
            if (stream.Running.IsCompleted) stream.Start();
            _supervisor.Kick();
        }
    }

    private async ValueTask ApplyAsync(StreamHandle stream, StreamChange change, StreamFilter counted, DestinationDefinition definition)
    {
        change = change with { Attempts = stream.Attempts.Waiting() };
        await _environment.Store.SaveAsync(change, stream.Fence);
        stream.Definition = definition;
        stream.Progress.Adopt(change);
        if (change.Gap is { ClosedAt: not null } gap && gap.Last >= gap.First) _gaps.CountLater(definition, counted, gap);
        if (stream.Running.IsCompleted) stream.Start();
    }

    private async ValueTask<Gap?> OpenGapAsync(string id, CancellationToken cancellation) =>
        (await _environment.Store.GapsAsync(id, cancellation)).LastOrDefault(gap => gap.ClosedAt is null);

    private DestinationDefinition Changed(DestinationDefinition before, StreamState state, JsonObject given, Caller caller)
    {
        CheckKind(before.Kind, caller);
        RefuseNewTenant(given, before);
        var definition = _reader.Update(before, given.DeepClone().AsObject(), Now);
        if (definition.Stream.StartFrom != before.Stream.StartFrom && !state.NotStarted)
            throw DefinitionException.Value("start_from", "The stream has begun: start_from cannot change any more.");
        return definition;
    }

    private async ValueTask RequireStreamingAsync(string? tenant)
    {
        if (tenant is null || (await _environment.TenantOf(tenant)).Entitlements.Streaming) return;
        throw new DefinitionException("forbidden_entitlement", "tenant_id", $"Tenant {tenant} is not entitled to streaming. An admin of the instance can change that: PUT /v1/access/tenants/{tenant} with {{\"entitlements\":{{\"streaming\":true}}}}.");
    }

    /// <summary>A filter that lets nothing through is a mistake more often than not, and a stream that says nothing is noticed too late.</summary>
    private async ValueTask RefuseSilenceAsync(DestinationDefinition definition, CancellationToken cancellation)
    {
        if (!definition.IsFiltered) return;
        var trial = new FilterTrial(_environment.LedgerOf(definition.TenantId), definition.Filter, definition.Filter.WithoutConditions());
        if (!await trial.LetsNothingThroughAsync(DryRun.Since(_environment.Time, DryRun.DefaultDays), cancellation)) return;
        throw new DefinitionException(
            "matches_nothing", definition.Stream switch { { Filter: not null } => "filter", { EventTypes.Count: 0, ExceptEventTypes.Count: 0 } => "only_tenants", _ => "event_types" },
            $"None of the newest {trial.Of} events of the last {DryRun.DefaultDays} days would be streamed. POST /v1/audit/siem/dry-run shows what passes; give \"force\":true if it is meant.");
    }

    private static bool TakeForce(JsonObject given)
    {
        if (!given.TryGetPropertyValue("force", out var node)) return false;
        given.Remove("force");
        if (node is JsonValue value && value.TryGetValue(out bool force)) return force;
        throw new DefinitionException("invalid_type", "force", "force: Expected true or false.");
    }

    private static StandingStream Standing(StreamHandle stream) => new(stream.Definition, stream.Progress.Snapshot);

    private static bool IsGoing(StreamState state) => state.Status is StreamStatus.Deleting or StreamStatus.Deleted;

    private static void RefuseToResume(StreamState state, string from)
    {
        if (from is not ("now" or "gap") && !Timestamp.TryParse(from, out _))
            throw DefinitionException.Value("from", "from is \"now\", \"gap\" or an RFC 3339 time.");
        if (state.Status != StreamStatus.Failed) throw new DestinationStateException("not_failed", "Only a destination that has failed can be resumed.");
    }

    private static void CheckKind(DestinationKind kind, Caller caller)
    {
        if (kind.IsForInstanceAdmins && caller is not { IsInstance: true, Role: Role.Admin })
            throw new DefinitionException("forbidden", "provider", $"Provider {kind.Name} needs an instance admin: it reaches into the machine that Sluice runs on.");
    }

    internal static string? TenantOf(JsonObject given, Caller caller)
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

    private static IEnumerable<string> Names(JsonObject given) => given.Select(member => member.Key).Where(name => !DefinitionReader.IsShownOnly(name));

    private static bool IsMoreThanName(JsonObject given) => given.Any(member => member.Key != "name" && !DefinitionReader.IsShownOnly(member.Key));
}
