using Sluice.EndToEnd.Durability;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Follows Zaita's query flat out, always with the last token that it was given.</summary>
internal sealed class ZaitaPoller(Route route, int pageSize)
{
    private string _token = "";

    /// <summary>The events in the order in which they came.</summary>
    public List<string> Seen { get; } = [];

    public int Pages { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested) await StepAsync();
    }

    /// <summary>Until there is no token.</summary>
    public async Task CatchUpAsync()
    {
        while (await StepAsync() != false)
        {
        }
    }

    /// <returns>Whether more may come at once; null when nothing was answered.</returns>
    private async Task<bool?> StepAsync()
    {
        if (await Poll.TryGetAsync(route, $"/v1/zaita/audit-events?page_size={pageSize}&page_token={_token}") is not { } page) return null;
        Seen.AddRange(page["events"]!.AsArray().Select(shown => (string)shown!["event_id"]!));
        Pages++;
        if ((string?)page["next_page_token"] is not { } next) return false;
        _token = next;
        return true;
    }
}
