using Sluice.SelfAudit;

namespace Sluice.Streams;

/// <summary>Everything that changes together when a stream's state does. What is null or empty stays as it is.</summary>
public sealed record StreamChange(string DestinationId, long Cursor, StreamState State)
{
    /// <summary>What Sluice's own ledger is told of it, in the same transaction.</summary>
    public OwnEvent? Told { get; init; }

    public DestinationRow? Destination { get; init; }

    /// <summary>Sees all others of the destination's provider, while none can come or change; what it throws keeps this change out.</summary>
    public Action<IReadOnlyList<StoredStream>>? Beside { get; init; }

    /// <summary>A gap to add, or one to replace by its id.</summary>
    public Gap? Gap { get; init; }

    /// <summary>A second gap, when one closes and the next opens.</summary>
    public Gap? NextGap { get; init; }

    public IReadOnlyList<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Sendings that were not stored yet, oldest first.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>Takes back the dead letters from this sequence on.</summary>
    public long? WithdrawFrom { get; init; }
}
