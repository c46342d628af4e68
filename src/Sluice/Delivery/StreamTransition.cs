using Sluice.Delivery.Definitions;
using Sluice.Storage;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>What a user's command makes of a stream that stands still: its cursor, its state, and the gap that opens or closes.</summary>
/// <param name="open">The gap that is open now, if one is.</param>
internal sealed class StreamTransition(StreamSnapshot stands, Gap? open, ILedgerReader ledger, long now)
{
    private long Newest => ledger.Size - 1;

    /// <param name="restarts">More than the name changes: what failed before is forgiven.</param>
    public async ValueTask<StreamChange> UpdateAsync(string id, DestinationDefinition definition, bool restarts, CancellationToken cancellation)
    {
        var state = stands.State;
        if (definition.Stream.Enabled && state.Status == StreamStatus.Disabled) return await EnableAsync(id, definition, cancellation);
        if (!definition.Stream.Enabled && state.Status != StreamStatus.Disabled) return Disable(id);
        if (!restarts || state.Status == StreamStatus.Disabled) return new StreamChange(id, stands.Cursor, state);
        var cursor = state.Status == StreamStatus.Failed ? Newest : stands.Cursor;
        return new StreamChange(id, cursor, state.Changed(now)) { Gap = state.Status == StreamStatus.Failed ? open?.Close(Newest, now) : null };
    }

    public async ValueTask<StreamChange> ResumeAsync(string id, string from, CancellationToken cancellation)
    {
        var state = stands.State.Changed(now);
        if (from == "gap") return new StreamChange(id, stands.Cursor, state) { Gap = open is null ? null : open.Close(Newest, now) with { RefilledAt = now } };
        // Never before the gap: everything there was confirmed.
        var cursor = Math.Max(stands.Cursor, await StartPosition.CursorAsync(ledger, from, cancellation));
        return new StreamChange(id, cursor, state) { Gap = open?.Close(cursor, now) };
    }

    private async ValueTask<StreamChange> EnableAsync(string id, DestinationDefinition definition, CancellationToken cancellation)
    {
        var from = stands.State.NotStarted ? definition.Stream.StartFrom : "now";
        var cursor = await StartPosition.CursorAsync(ledger, from, cancellation);
        return new StreamChange(id, cursor, stands.State.Enabled(now)) { Gap = open?.Close(cursor, now) };
    }

    private StreamChange Disable(string id)
    {
        var hasFailed = stands.State.Status == StreamStatus.Failed;
        // One gap ends where the other begins, so that no event is in two.
        var cursor = hasFailed ? Newest : stands.Cursor;
        var opened = Gap.Open(Gap.Disabled, cursor + 1, now);
        return new StreamChange(id, cursor, stands.State.Disabled(now)) { Gap = hasFailed ? open?.Close(Newest, now) : opened, NextGap = hasFailed ? opened : null };
    }
}
