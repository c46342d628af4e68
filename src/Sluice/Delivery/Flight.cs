using Sluice.Streams;

namespace Sluice.Delivery;

internal enum FlightState
{
    /// <summary>To be sent, or sent again.</summary>
    Waiting,

    /// <summary>On its way: nothing was answered yet.</summary>
    Flying,

    /// <summary>The destination has it and will say later whether it keeps it.</summary>
    Answered,

    /// <summary>A single event that was refused by a destination whose refusals mean nothing yet.</summary>
    Suspect,

    /// <summary>Every event is confirmed, set aside, or not for this stream.</summary>
    Done,
}

/// <summary>
/// A batch, or a part of one that was split, between its reading and its end. Its events never change, so that every sending is the same; they can be let go
/// of and read again.
/// </summary>
/// <param name="number">Counts batches; parts have their batch's.</param>
/// <param name="first">Sequence of its first event.</param>
/// <param name="through">Everything from the first event up to here is settled with it: its last event, and what the filter kept back behind that.</param>
internal sealed class Flight(long number, long first, long through)
{
    private SharedEvents? _events;
    private int _start;

    public long Number => number;

    public long First => first;

    public long Through => through;

    /// <summary>Its events; 0 as long as they were not read.</summary>
    public int Count { get; private set; }

    public FlightState State { get; set; }

    /// <summary>Its boundaries are stored.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>How often its events were sent.</summary>
    public int Attempts { get; private set; }

    /// <summary>Counts a stream's sendings; the number of its last one.</summary>
    public long Launch { get; private set; }

    /// <summary>What comes of its last sending; null when it could not be read any more.</summary>
    public Task<DeliveryResult?> Ending { get; set; } = Task.FromResult<DeliveryResult?>(null);

    /// <summary>When its first event was stored; null as long as it was not read.</summary>
    public long? OldestAt { get; private set; }

    /// <summary>Why a suspect would be set aside.</summary>
    public DeadLetter? Letter { get; set; }

    public bool HasEvents => _events is not null;

    public bool IsOpen => State is FlightState.Waiting or FlightState.Flying or FlightState.Answered;

    public void Hold(SharedEvents events)
    {
        (_events, _start) = (events, 0);
        Learn();
    }

    /// <summary>Fills what it holds with the events that it had.</summary>
    /// <returns>False when some are gone.</returns>
    public async ValueTask<bool> ReadAgainAsync(BatchReader reader, CancellationToken cancellation)
    {
        var isWhole = await reader.ReadAgainAsync(_events!.Events, first, through, cancellation);
        Learn();
        return isWhole && Count > 0;
    }

    public EventBatch Batch(string destination, int revision) => new(destination, _events!.Events, _start, Count, revision);

    public void LetGo()
    {
        _events?.Release();
        _events = null;
    }

    public void Send(long launch, Task<DeliveryResult?> ending)
    {
        Attempts++;
        (State, Launch, Ending) = (FlightState.Flying, launch, ending);
    }

    public OutgoingEvent this[int index] => _events!.Events[_start + index];

    /// <summary>Some of its events, as a flight of their own.</summary>
    public Flight Part(int start, int count)
    {
        var last = start + count == Count ? through : this[start + count - 1].Sequence;
        return new Flight(number, this[start].Sequence, last)
        {
            _events = _events!.Share(),
            _start = _start + start,
            Count = count,
            Attempts = Attempts,
            Launch = Launch,
            OldestAt = this[start].Stored.PersistedAt,
        };
    }

    private void Learn()
    {
        if ((Count = _events!.Events.Count) > 0) OldestAt = _events.Events[0].Stored.PersistedAt;
    }
}
