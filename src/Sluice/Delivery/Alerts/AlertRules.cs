using System.Globalization;
using Sluice.Streams;

namespace Sluice.Delivery.Alerts;

/// <summary>Decides what is to be told of a destination, and remembers that it was. Pure: the clock is the caller's.</summary>
internal sealed class AlertRules(AlertStanding its, AlertState known, long now, TimeSpan after)
{
    private readonly List<AlertFact> _facts = [];

    private StreamState State => its.State;

    private bool IsDegradedTooLong => State.Status == StreamStatus.Degraded && now - State.StatusSince >= after.Ticks * 100;

    /// <summary>An updated or resumed destination is active before it took anything; only one that takes events has recovered from a failure.</summary>
    private bool HasRecovered => State.Status == StreamStatus.Active && (known.Told != StreamStatus.Failed || State.Trusted);

    /// <param name="gaps">Those of the destination that opened since the last look.</param>
    /// <returns>What is known afterwards: the same instance when nothing is new.</returns>
    public (AlertState State, IReadOnlyList<AlertFact> Facts) Apply(IReadOnlyList<Gap> gaps)
    {
        var state = OfGaps(OfDeadLetters(OfStatus(known)), gaps);
        return (state, _facts);
    }

    private AlertState OfStatus(AlertState state)
    {
        if (State.Status == StreamStatus.Failed && (state.Told != StreamStatus.Failed || state.ToldSince != State.StatusSince)) return Tell(state, "destination.failed", StreamStatus.Failed);
        if (IsDegradedTooLong && state.Told != StreamStatus.Degraded) return Tell(state, "destination.degraded", StreamStatus.Degraded);
        if (state.Told is null) return state;
        if (HasRecovered) return Tell(state, "destination.recovered", null);
        // Its user took it out of use: that is no news to anybody.
        return State.Status is StreamStatus.Disabled or StreamStatus.Deleting ? state with { Told = null } : state;
    }

    private AlertState Tell(AlertState state, string type, StreamStatus? status)
    {
        Note(type, State.StatusSince);
        return state with { Told = status, ToldSince = State.StatusSince };
    }

    private AlertState OfDeadLetters(AlertState state)
    {
        if (its.NewestDeadLetter is not { } newest || newest <= state.DeadLettersThrough || !state.MayTellOfDeadLetters(now)) return state;
        Note("destination.dead_letters", newest);
        return state with { DeadLettersThrough = newest, DeadLettersToldAt = now };
    }

    private AlertState OfGaps(AlertState state, IReadOnlyList<Gap> gaps)
    {
        foreach (var gap in gaps) _facts.Add(new AlertFact("destination.gap", gap.Id) { Gap = gap });
        return gaps.Count == 0 ? state : state with { GapsThrough = gaps.Max(gap => gap.OpenedAt) };
    }

    private void Note(string type, long key) => _facts.Add(new AlertFact(type, key.ToString(CultureInfo.InvariantCulture)));
}
