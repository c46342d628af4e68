using Sluice.Streams;

namespace Sluice.Delivery.Replays;

/// <summary>One end of a range as a user names it: a sequence, or an RFC 3339 time.</summary>
public sealed record ReplayBound(long? Sequence, string? Time);

/// <summary>What a user wants sent again.</summary>
/// <param name="From">The first sequence, or the first event committed at that time or later; null for the first that is kept, which needs a filter.</param>
/// <param name="To">The last sequence, or the last event committed before that time; null for everything there is by now.</param>
public sealed record ReplayRequest(ReplayBound? From, ReplayBound? To, string? Filter, int? EventsPerSecond);

/// <summary>A dead letter with its event.</summary>
/// <param name="Spelled">The event as it was sent; null when retention removed it.</param>
public sealed record DeadLetterView(DeadLetter Letter, string Profile, ReadOnlyMemory<byte>? Spelled);
