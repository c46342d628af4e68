using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>
/// What was read and is not settled yet, in sequence order, and with it the place that the cursor may have: before the first event that is neither confirmed
/// nor set aside, whatever was settled behind it.
/// </summary>
/// <param name="cursor">Everything up to here is settled.</param>
internal sealed class Window(long cursor)
{
    private readonly List<Flight> _flights = [];
    private long _number;

    /// <summary>Everything up to here is settled.</summary>
    public long Mark { get; private set; } = cursor;

    public bool IsEmpty => _flights.Count == 0;

    public bool HasOpen => _flights.Exists(flight => flight.IsOpen);

    public bool HasSuspects => _flights.Exists(flight => flight.State == FlightState.Suspect);

    public int Flying => _flights.Count(flight => flight.State == FlightState.Flying);

    public int Answered => _flights.Count(flight => flight.State == FlightState.Answered);

    /// <summary>The earliest that is to be sent.</summary>
    public Flight? FirstWaiting => _flights.Find(flight => flight.State == FlightState.Waiting);

    /// <summary>The batches from the oldest that is not settled to the newest. Suspects do not count: they wait for later events.</summary>
    public long Span => _flights.Find(flight => flight.IsOpen) is { } oldest ? _number - oldest.Number + 1 : 0;

    /// <summary>When the oldest event that waits was stored; null when none waits, or none was read.</summary>
    public long? OldestAt => _flights.Find(flight => flight.State != FlightState.Done)?.OldestAt;

    /// <summary>Those whose end is waited for.</summary>
    public IEnumerable<Flight> UnderWay => _flights.Where(flight => flight.State is FlightState.Flying or FlightState.Answered);

    public IEnumerable<Flight> Open => _flights.Where(flight => flight.IsOpen);

    /// <summary>Of all that is not settled, and what was settled behind it, or that would be cut and sent anew.</summary>
    public IReadOnlyList<FrozenBatch> Boundaries()
    {
        var open = _flights.Where(flight => flight.State != FlightState.Done).Select(flight => new FrozenBatch(flight.First, flight.Through));
        return _flights is [.., { State: FlightState.Done } last] ? [.. open, FrozenBatch.Settled(last.Through)] : [.. open];
    }

    /// <summary>Takes up batches whose boundaries were stored before. What lies between them was settled.</summary>
    public void Restore(IEnumerable<FrozenBatch> frozen)
    {
        foreach (var batch in frozen.Where(batch => batch.Through > Mark))
        {
            if (batch.HoldsNothing()) Pass(batch.Through);
            else if (batch.First > Mark) _flights.Add(new Flight(++_number, batch.First, batch.Through) { IsFrozen = true });
        }

        Move();
    }

    public void Add(SharedEvents events)
    {
        var flight = new Flight(++_number, events.Events[0].Sequence, events.Events.Through);
        flight.Hold(events);
        _flights.Add(flight);
        Move();
    }

    /// <summary>Nothing up to here, from where the last batch ended, is for this stream.</summary>
    public void Pass(long through)
    {
        if (_flights is [.., { State: FlightState.Done } last]) _flights.RemoveAt(_flights.Count - 1);
        _flights.Add(new Flight(_number, through, through) { State = FlightState.Done });
        Move();
    }

    public void Settle(Flight flight)
    {
        flight.LetGo();
        flight.State = FlightState.Done;
        Move();
    }

    /// <summary>In sequence order.</summary>
    public IReadOnlyList<DeadLetter> TakeSuspects()
    {
        var suspects = _flights.FindAll(flight => flight.State == FlightState.Suspect);
        foreach (var suspect in suspects) Settle(suspect);
        return [.. suspects.Select(suspect => suspect.Letter!)];
    }

    public string? LastSuspicion => _flights.FindLast(flight => flight.State == FlightState.Suspect)?.Letter!.Reason;

    public void Halve(Flight flight) => Split(flight, [0, flight.Count / 2]);

    /// <summary>Gives this event a part of its own.</summary>
    /// <returns>That part.</returns>
    public Flight Isolate(Flight flight, int index)
    {
        var parts = Split(flight, new[] { 0, index, index + 1 }.Distinct().Where(start => start < flight.Count).ToArray());
        return parts[index == 0 ? 0 : 1];
    }

    public IReadOnlyList<Flight> Singles(Flight flight) => flight.Count == 1 ? [flight] : Split(flight, [.. Enumerable.Range(0, flight.Count)]);

    /// <summary>Retention removed everything before this sequence, sent or not.</summary>
    public void Lose(long first)
    {
        foreach (var flight in _flights.FindAll(flight => flight.First < first))
        {
            flight.LetGo();
            _flights.Remove(flight);
            if (flight.Through >= first && flight.IsOpen) _flights.Insert(0, new Flight(flight.Number, first, flight.Through));
        }

        Mark = Math.Max(Mark, first - 1);
        Move();
    }

    /// <summary>Forgets everything.</summary>
    /// <param name="mark">Where it begins again.</param>
    public void Reset(long mark)
    {
        LetGo(_ => true);
        _flights.Clear();
        Mark = mark;
    }

    /// <summary>What waits is read again when its turn comes.</summary>
    public void LetGoOfWaiting() => LetGo(flight => flight.State == FlightState.Waiting);

    private void LetGo(Predicate<Flight> of)
    {
        foreach (var flight in _flights.FindAll(of)) flight.LetGo();
    }

    private IReadOnlyList<Flight> Split(Flight flight, int[] starts)
    {
        Flight[] parts = [.. starts.Select((start, i) => flight.Part(start, (i + 1 < starts.Length ? starts[i + 1] : flight.Count) - start))];
        var place = _flights.IndexOf(flight);
        _flights.RemoveAt(place);
        _flights.InsertRange(place, parts);
        flight.LetGo();
        return parts;
    }

    private void Move()
    {
        var settled = _flights.FindIndex(flight => flight.State != FlightState.Done);
        if (settled < 0) settled = _flights.Count;
        if (settled > 0) Mark = Math.Max(Mark, _flights[settled - 1].Through);
        _flights.RemoveRange(0, settled);
        if (_flights is [var next, ..]) Mark = Math.Max(Mark, next.First - 1);
    }
}
