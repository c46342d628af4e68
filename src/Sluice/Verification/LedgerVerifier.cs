using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Storage.Sqlite;

namespace Sluice.Verification;

/// <summary>Walks one ledger from its first event that is kept to its last, growing the tree anew and comparing it with everything that was stored of it.</summary>
internal sealed class LedgerVerifier(string folder, CheckpointTrail checkpoints, VerifiedPage progress, CancellationToken cancellation)
{
    private readonly DroppedCheck _dropped = new(folder, checkpoints, cancellation);
    private readonly LedgerWalk _walk = new(checkpoints);
    private long _first;
    private long _begun;
    private long _nodes;

    /// <summary>Who gets what was found right; null for nobody.</summary>
    public IVerifiedEvents? Receiver { get; init; }

    private TreeState Tree => _walk.Tree;

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

        return new LedgerVerdict(name, Tree.Size - _first, checkpoints.Count, checkpoints.Key?.Text, fault) { First = _first, Signed = checkpoints.Vouched };
    }

    private async Task WalkAsync()
    {
        checkpoints.Meet(Tree);
        var before = _dropped.Run();
        _first = before.Tree.Size;
        if (Receiver is not null) before = await Receiver.BeginAsync(before);
        _walk.Begin(before.Tree, before.PersistedAt);
        _begun = Tree.Size;
        await progress(_begun, 0);
        var first = SegmentFile.NumberOf(_begun);
        // What lies before is being removed, or is by the next start.
        var numbers = Directory.Exists(folder) ? SegmentFile.Numbers(folder).Where(number => number >= first).ToList() : [];
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i] != first + i) throw Missing($"The file {FileName(first + i)} is missing");
            await SegmentAsync(numbers[i], isLast: i == numbers.Count - 1);
        }

        if (_first > 0 && _begun == _first && numbers.Count == 0) throw Missing($"The file {FileName(first)} is missing");

        checkpoints.End(Tree.Size);
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
            throw new LedgerFaultException(Tree.Size, $"{FileName(number)} cannot be read from event {Tree.Size} on: {damage.Message}.");
        }
    }

    private void CheckStart(long number, SegmentBounds bounds)
    {
        _nodes = 0;
        if (StartsInside(number)) return;
        var start = bounds.Start;
        if (!start.IsConsistent || !start.State.AsSpan().SequenceEqual(Tree.ToBytes()))
            throw new LedgerFaultException(Tree.Size, $"{FileName(number)} starts from another tree than that of the {Tree.Size} events before it.");
        if (number == 0 ? start.PersistedAt != 0 : start.PersistedAt < _walk.PersistedAt)
            throw new LedgerFaultException(Tree.Size, $"{FileName(number)} has a wrong time at its start.");
        if (bounds.Least < Tree.Size) throw new LedgerFaultException(bounds.Least, $"It is in {FileName(number)}, where it does not belong.");
        _walk.PersistedAt = start.PersistedAt;
    }

    /// <summary>Whether the walk goes on inside this segment, where it once stopped.</summary>
    private bool StartsInside(long number) => _begun > number * SegmentFile.Capacity;

    private async Task EventsAsync(string path, SegmentInspector segment, SegmentBounds bounds)
    {
        var end = bounds.Greatest + 1 ?? Tree.Size;
        await using var pages = ReadAhead.Of(path, Tree.Size, end);
        while (Tree.Size < end)
        {
            cancellation.ThrowIfCancellationRequested();
            var (page, damage) = await pages.NextAsync();
            var before = Receiver is null ? null : Tree.Clone();
            _walk.Take(page, node => CheckNode(segment, node));
            if (before is not null && page.Count > 0) await Receiver!.TakeAsync(page, before, _walk);
            if (damage is not null) throw damage;
            if (page.Count == 0) throw Missing("It cannot be found");
            await progress(page.Count, page.Bytes);
        }
    }

    private void CheckNode(SegmentInspector segment, TreeNode node)
    {
        _nodes++;
        if (segment.Node(node.Level, node.Number) != node.Hash) throw _walk.Wrong(node);
    }

    private void CheckEnd(long number, SegmentBounds bounds, bool isLast)
    {
        var end = bounds.End;
        if (!end.IsConsistent) throw WrongEnd(number, bounds);
        if (end.Size > Tree.Size) throw Missing($"The tree of {FileName(number)} ends after {end.Size} events");
        if (end.Size < Tree.Size) throw new LedgerFaultException(end.Size, $"It is stored, but the tree of {FileName(number)} ends before it.");
        if (!end.State.AsSpan().SequenceEqual(Tree.ToBytes()) || (bounds.Nodes != _nodes && !StartsInside(number))) throw WrongEnd(number, bounds);
        if (end.PersistedAt != _walk.PersistedAt) throw new LedgerFaultException(Tree.Size - 1, $"Its persisted_at, or that at the end of {FileName(number)}, was changed: they differ.");
        if (Tree.Size > (number + 1) * SegmentFile.Capacity) throw new LedgerFaultException((number + 1) * SegmentFile.Capacity, $"It is in {FileName(number)}, where it does not belong.");
        if (!isLast && Tree.Size < (number + 1) * SegmentFile.Capacity) throw Missing($"{FileName(number)} ends early");
    }

    /// <summary>A server that asks for one event takes another way to it than a reader in order.</summary>
    private void CheckStructure(long number, SegmentInspector segment, SegmentBounds bounds)
    {
        var first = bounds.Start.Size;
        if (segment.StructureProblem() is not { } problem) return;
        if (segment.FirstNotFound(first, Tree.Size) is { } lost) throw new LedgerFaultException(lost, $"It is in {FileName(number)}, but cannot be found there: {problem}.");
        throw new LedgerFaultException(new LedgerFault(first, Math.Max(first, Tree.Size - 1), $"{FileName(number)} is damaged, though every event in it can be read: {problem}."));
    }

    private LedgerFaultException WrongEnd(long number, SegmentBounds bounds) => new(new LedgerFault(bounds.Start.Size, Math.Max(bounds.Start.Size, Tree.Size - 1),
        $"The tree that {FileName(number)} stores for its end is not that of its events."));

    private LedgerFaultException Missing(string why) => new(Tree.Size, $"It is missing. {why}.");

    private static string FileName(long number) => Path.GetFileName(SegmentFile.PathOf("", number));
}
