namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>What arrived at a receiver, judged as it comes: first transmissions in order of sequence, repetitions only with a reason.</summary>
/// <param name="keepsOrder">False where several requests are on their way at a time.</param>
internal sealed class DeliveryRecord(bool keepsOrder)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, (int Life, bool MayRepeat)> _lastTransmissions = [];
    private readonly HashSet<long> _confirmedAhead = [];
    private readonly List<string> _faults = [];
    private int _life;
    private long _confirmed;

    /// <summary>What went against the promises.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_lock) return [.. _faults];
        }
    }

    /// <summary>The sequence up to which everything was confirmed; -1 when nothing was.</summary>
    public long ConfirmedTo
    {
        get
        {
            lock (_lock) return _confirmed - 1;
        }
    }

    public int Requests { get; private set; }

    /// <summary>Events that arrived again.</summary>
    public int Repetitions { get; private set; }

    /// <summary>Set while senders may fail to note what was confirmed: what arrives then may arrive again later.</summary>
    public bool IsTroubled { get; set; }

    /// <summary>The sender was killed: what it sent it may send again, for it may have died before it noted the answer.</summary>
    public void SenderDied()
    {
        lock (_lock) _life++;
    }

    /// <param name="mayRepeat">The sender will not learn that this was taken.</param>
    public void Arrived(IReadOnlyList<long> sequences, bool mayRepeat)
    {
        lock (_lock)
        {
            Requests++;
            foreach (var sequence in sequences) Arrived(sequence, mayRepeat || IsTroubled);
        }
    }

    /// <summary>The sender will be told that not all of this was taken.</summary>
    public void MayRepeat(IReadOnlyList<long> sequences)
    {
        lock (_lock)
        {
            foreach (var sequence in sequences) _lastTransmissions[sequence] = (_life, true);
        }
    }

    /// <summary>Call it before the answer is sent, so that no sender can be ahead of this record.</summary>
    public void Confirm(IReadOnlyList<long> sequences)
    {
        lock (_lock)
        {
            foreach (var sequence in sequences.Where(sequence => sequence >= _confirmed)) _confirmedAhead.Add(sequence);
            while (_confirmedAhead.Remove(_confirmed)) _confirmed++;
        }
    }

    public void Fault(string what)
    {
        lock (_lock) _faults.Add(what);
    }

    private void Arrived(long sequence, bool mayRepeat)
    {
        if (keepsOrder && sequence > _lastTransmissions.Count)
        {
            _faults.Add($"Event {sequence} arrived before event {_lastTransmissions.Count} was ever sent.");
            return;
        }

        if (_lastTransmissions.TryGetValue(sequence, out var last))
        {
            Repetitions++;
            if (last.Life == _life && !last.MayRepeat) _faults.Add($"Event {sequence} was sent again although it had been confirmed.");
        }

        _lastTransmissions[sequence] = (_life, mayRepeat);
    }
}
