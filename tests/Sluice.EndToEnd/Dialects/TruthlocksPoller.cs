using Sluice.EndToEnd.Durability;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Reads Truthlocks' list again and again, each time from the newest event down to the first that it has seen before.</summary>
internal sealed class TruthlocksPoller(Route route, int limit)
{
    public HashSet<string> Seen { get; } = [];

    public int Rounds { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested) await TryRoundAsync();
    }

    /// <summary>Until a round was answered to its end.</summary>
    public async Task CatchUpAsync()
    {
        while (!await TryRoundAsync())
        {
        }
    }

    private async Task<bool> TryRoundAsync()
    {
        var (found, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await Poll.TryGetAsync(route, cursor is null ? $"/v1/audit?limit={limit}" : $"/v1/audit?limit={limit}&cursor={cursor}");
            // Half a round would leave a hole behind what it found.
            if (page is null) return false;
            var ids = page["items"]!.AsArray().Select(item => (string)item!["id"]!).ToList();
            found.AddRange(ids.Where(id => !Seen.Contains(id)));
            cursor = ids.Any(Seen.Contains) ? null : (string?)page["next_cursor"];
        }
        while (cursor is not null);

        foreach (var id in found) Assert.True(Seen.Add(id), $"{id} stood twice in one walk.");
        Rounds++;
        return true;
    }
}
