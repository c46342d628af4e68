using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Events;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tenants;

namespace Sluice.Delivery.Trials;

/// <summary>Shows what a destination's filter, event types, profile and fields would have made of the last days' events. Nothing is stored or sent.</summary>
public sealed class DryRun(DefinitionReader reader, DeliveryEnvironment environment)
{
    public const int DefaultDays = 7, MostDays = 90;

    private const int MostSamples = 5;

    /// <param name="given">Members of a destination, as many as the caller likes.</param>
    /// <exception cref="DefinitionException">A member cannot be.</exception>
    public async ValueTask<DryRunResult> RunAsync(JsonObject given, int days, Caller caller, CancellationToken cancellation)
    {
        var draft = reader.Draft(given, StreamControl.TenantOf(given, caller));
        var named = draft.Stream.EventTypes.Concat(draft.Stream.ExceptEventTypes).Distinct(StringComparer.Ordinal).ToDictionary(type => type, type => new EventTypes([type]));
        var newest = new Queue<StoredEvent>();
        var trial = new FilterTrial(environment.LedgerOf(draft.TenantId), draft.Filter, draft.Filter.WithoutConditions());
        await trial.RunAsync(Since(environment.Time, days), (stored, passes) =>
        {
            if (named.Count > 0) Strike(named, stored);
            if (!passes) return;
            if (newest.Count == MostSamples) newest.Dequeue();
            newest.Enqueue(stored with { Body = stored.Body.ToArray() });
        }, cancellation);
        return new DryRunResult(trial.Matched, trial.Of, [.. newest.Select(stored => Spelled(draft, stored))], [.. named.Keys.Order(StringComparer.Ordinal)]);
    }

    internal static long Since(TimeProvider time, int days) => Timestamp.Now(time) - (TimeSpan.FromDays(days).Ticks * 100);

    private static void Strike(Dictionary<string, EventTypes> named, in StoredEvent stored)
    {
        var action = EventHead.Of(stored.Body.Span).Action;
        foreach (var (type, pattern) in named)
        {
            if (pattern.Match(action)) named.Remove(type);
        }
    }

    private static JsonNode Spelled(DraftDefinition draft, in StoredEvent stored)
    {
        var spelled = new ArrayBufferWriter<byte>();
        draft.Profile.Write(stored, spelled);
        return draft.Profile.IsJson ? JsonNode.Parse(spelled.WrittenSpan)! : JsonValue.Create(Encoding.UTF8.GetString(spelled.WrittenSpan));
    }
}
