using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>
/// What a reader who follows the export has seen: every event once, sequences without holes, and nothing of it may ever change or vanish.
/// </summary>
internal sealed class LedgerCopy
{
    private readonly List<(string Id, string Hash)> _events = [];
    private readonly Dictionary<string, long> _byId = [];

    public long Size => _events.Count;

    /// <summary>Reads on from the last event seen.</summary>
    public async Task FollowAsync(SluiceClient client)
    {
        await foreach (var one in client.ExportAsync(Size - 1))
        {
            var (id, sequence) = ((string)one["id"]!, (long)one["sequence"]!);
            Assert.Equal(Size, sequence);
            Assert.True(_byId.TryAdd(id, sequence), $"{id} is stored twice: at {_byId[id]} and {sequence}.");
            _events.Add((id, (string)one["integrity_hash"]!));
        }
    }

    /// <summary>Reads everything again and compares.</summary>
    public async Task CompareAsync(SluiceClient client)
    {
        var at = 0;
        await foreach (var one in client.ExportAsync(-1))
        {
            if (at == _events.Count) break;
            Assert.Equal((_events[at].Id, _events[at].Hash), ((string)one["id"]!, (string)one["integrity_hash"]!));
            at++;
        }

        Assert.Equal(_events.Count, at);
    }

    /// <summary>The newest event seen is where it was.</summary>
    public async Task CheckEndAsync(SluiceClient client)
    {
        if (Size == 0) return;
        var last = (await client.GetAsync($"/v1/audit/events/{_events[^1].Id}")).Expect(200).Json;
        Assert.Equal((Size - 1, _events[^1].Hash), ((long)last["sequence"]!, (string)last["integrity_hash"]!));
    }

    public void MustHold(IEnumerable<string> ids)
    {
        var missing = ids.Where(id => !_byId.ContainsKey(id)).ToList();
        Assert.True(missing.Count == 0, $"{missing.Count} acknowledged events are missing of {Size}, such as {string.Join(", ", missing.Take(5))}.");
    }
}
