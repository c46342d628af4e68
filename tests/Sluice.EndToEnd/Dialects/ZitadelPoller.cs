using System.Globalization;
using Sluice.EndToEnd.Durability;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Follows ZITADEL's search flat out, by the last sequence that it has seen.</summary>
internal sealed class ZitadelPoller(Route route, int limit)
{
    /// <summary>Sequences in the order in which they came.</summary>
    public List<long> Seen { get; } = [];

    public int Pages { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested) await StepAsync();
    }

    /// <summary>Until nothing new is answered.</summary>
    public async Task CatchUpAsync()
    {
        while (await StepAsync() != 0)
        {
        }
    }

    /// <returns>New events; null when nothing was answered.</returns>
    private async Task<int?> StepAsync()
    {
        var last = Seen.Count > 0 ? Seen[^1] : 0;
        if (await Poll.TryPostAsync(route, "/admin/v1/events/_search", $$"""{"asc":true,"limit":{{limit}},"sequence":"{{last}}"}""") is not { } page) return null;
        // The first event of all has the sequence 0, which is none to be behind: until there is a second one it comes again.
        var news = page["events"]!.AsArray().Select(shown => long.Parse((string)shown!["sequence"]!, CultureInfo.InvariantCulture)).Where(sequence => sequence > last || Seen.Count == 0).ToList();
        Seen.AddRange(news);
        Pages++;
        return news.Count;
    }
}
