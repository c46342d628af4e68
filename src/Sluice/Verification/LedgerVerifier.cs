using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>Walks one ledger from its first event that is kept to its last, growing the tree anew and comparing it with everything that was stored of it.</summary>
internal sealed class LedgerVerifier(string folder, CheckpointTrail checkpoints, Action<long> progress, CancellationToken cancellation)
{
    private readonly DroppedCheck _dropped = new(folder, checkpoints, cancellation);
    private TreeState _tree = new();
    private long _first;
    private readonly Digest[] _completed = new Digest[TreeState.MaxLevels];
    private readonly PageCheck _check = new();
    private long _persistedAt;
    private long _nodes;

    public async Task<LedgerVerdict> RunAsync(string name)
    {
        LedgerFault? fault = null;
        try
        {
            await WalkAsync();
        }
        // A running server may have taken away what was being read.
        catch (LedgerFaultException found) when (!_dropped.HasGrown())
        {
            fault = found.Fault;
        }
        catch (Exception problem) when (problem is LedgerFaultException or StorageUnavailableException && _dropped.HasGrown())
        {
            throw new StorageUnavailableException($"Retention removed events of ledger {name} while they were checked. Verify again.", problem);
        }

        return new LedgerVerdict(name, _tree.Size - _first, checkpoints.Count, checkpoints.Key?.Text, fault) { First = _first };
    }

    private async Task WalkAsync()
    {
        checkpoints.Meet(_tree);
        var before = _dropped.Run();
        (_tree, _first, _persistedAt) = (before.Tree, before.Tree.Size, before.PersistedAt);
        progress(_first);
        var first = SegmentFile.NumberOf(_first);
        // What lies before is being removed, or is by the next start.
        var numbers = Directory.Exists(folder) ? SegmentFile.Numbers(folder).Where(number => number >= first).ToList() : [];
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] != first + i) throw Missing($"The file {FileName(first + i)} is missing");
            await SegmentAsync(numbers[i], isLast: i == numbers.Count - 1);
        }

        if (_first > 0 && numbers.Count == 0) throw Missing($"The file {FileName(first)} is missing");

        checkpoints.End(_tree.Size);
    }

    private async Task SegmentAsync(long number, bool isLast)
    {
        var path = SegmentFile.PathOf(folder, number);
        try
        {
            using var segment = new SegmentInspector(path);
            var bounds = segment.ReadBounds();
            if (bounds is null && isLast) return;
            if (bounds is null) throw Missing($"{FileName(number)} was never filled");
            CheckStart(number, bounds);
            await EventsAsync(path, segment, bounds);
            CheckEnd(number, bounds, isLast);
            CheckStructure(number, segment, bounds);
        }
        catch (StorageCorruptException damage)
        {
            throw new LedgerFaultException(_tree.Size, $"{FileName(number)} cannot be read from event {_tree.Size} on: {damage.Message}.");
        }
    }

    private void CheckStart(long number, SegmentBounds bounds)
    {
        _nodes = 0;
        var start = bounds.Start;
        if (!start.IsConsistent || !start.State.AsSpan().SequenceEqual(_tree.ToBytes()))
            throw new LedgerFaultException(_tree.Size, $"{FileName(number)} starts from another tree than that of the {_tree.Size} events before it.");
        if (number == 0 ? start.PersistedAt != 0 : start.PersistedAt < _persistedAt)
            throw new LedgerFaultException(_tree.Size, $"{FileName(number)} has a wrong time at its start.");
        if (bounds.Least < _tree.Size) throw new LedgerFaultException(bounds.Least, $"It is in {FileName(number)}, where it does not belong.");
        _persistedAt = start.PersistedAt;
    }

    private async Task EventsAsync(string path, SegmentInspector segment, SegmentBounds bounds)
    {
        var end = bounds.Greatest + 1 ?? _tree.Size;
        await using var pages = new ReadAhead(path, _tree.Size, end);
        while (_tree.Size < end)
        {
            cancellation.ThrowIfCancellationRequested();
            var (page, damage) = await pages.NextAsync();
            _check.Run(page, _tree.Size, _persistedAt);
            Grow(segment, page);
            if (_check.Problem is not null) throw new LedgerFaultException(_tree.Size, _check.Problem);
            if (damage is not null) throw damage;
            if (page.Count == 0) throw Missing("It cannot be found");
            progress(page.Count);
        }
    }

    private void Grow(SegmentInspector segment, EventPage page)
    {
        foreach (ref readonly var leaf in _check.Leaves)
        {
            var levels = _tree.Append(leaf, _completed);
            for (var level = 8; level <= levels; level += 8) CheckNode(segment, level);
            checkpoints.Meet(_tree);
        }

        if (_check.Right > 0) _persistedAt = page[_check.Right - 1].PersistedAt;
    }

    private void CheckNode(SegmentInspector segment, int level)
    {
        _nodes++;
        var number = (_tree.Size >> level) - 1;
        if (segment.Node(level / 8, number) is { } stored && stored == _completed[level - 1]) return;
        throw new LedgerFaultException(new LedgerFault(number << level, _tree.Size - 1,
            $"The tree's stored hash over these events is not theirs: it is damaged (level {level / 8}, number {number}), or one of them was replaced."));
    }

    private void CheckEnd(long number, SegmentBounds bounds, bool isLast)
    {
        var end = bounds.End;
        if (!end.IsConsistent) throw WrongEnd(number, bounds);
        if (end.Size > _tree.Size) throw Missing($"The tree of {FileName(number)} ends after {end.Size} events");
        if (end.Size < _tree.Size) throw new LedgerFaultException(end.Size, $"It is stored, but the tree of {FileName(number)} ends before it.");
        if (!end.State.AsSpan().SequenceEqual(_tree.ToBytes()) || bounds.Nodes != _nodes) throw WrongEnd(number, bounds);
        if (end.PersistedAt != _persistedAt) throw new LedgerFaultException(_tree.Size - 1, $"Its persisted_at, or that at the end of {FileName(number)}, was changed: they differ.");
        if (_tree.Size > (number + 1) * SegmentFile.Capacity) throw new LedgerFaultException((number + 1) * SegmentFile.Capacity, $"It is in {FileName(number)}, where it does not belong.");
        if (!isLast && _tree.Size < (number + 1) * SegmentFile.Capacity) throw Missing($"{FileName(number)} ends early");
    }

    /// <summary>A server that asks for one event takes another way to it than a reader in order.</summary>
    private void CheckStructure(long number, SegmentInspector segment, SegmentBounds bounds)
    {
        var first = bounds.Start.Size;
        if (segment.StructureProblem() is not { } problem) return;
        if (segment.FirstNotFound(first, _tree.Size) is { } lost) throw new LedgerFaultException(lost, $"It is in {FileName(number)}, but cannot be found there: {problem}.");
        throw new LedgerFaultException(new LedgerFault(first, Math.Max(first, _tree.Size - 1), $"{FileName(number)} is damaged, though every event in it can be read: {problem}."));
    }

    private LedgerFaultException WrongEnd(long number, SegmentBounds bounds) => new(new LedgerFault(bounds.Start.Size, Math.Max(bounds.Start.Size, _tree.Size - 1),
        $"The tree that {FileName(number)} stores for its end is not that of its events."));

    private LedgerFaultException Missing(string why) => new(_tree.Size, $"It is missing. {why}.");

    private static string FileName(long number) => Path.GetFileName(SegmentFile.PathOf("", number));
}
