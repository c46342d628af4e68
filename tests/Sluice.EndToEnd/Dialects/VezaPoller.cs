using Sluice.EndToEnd.Durability;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Follows the export in Veza's form as its document tells to, flat out; what was not answered is asked again, of another node if there is one.</summary>
internal sealed class VezaPoller(Route route, string from, int pageSize)
{
    private string _query = $"filter=persisted_at+GE+%22{from}%22";

    /// <summary>The events in the order in which they came.</summary>
    public List<string> Seen { get; } = [];

    public int Pages { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested) await StepAsync();
    }

    /// <summary>Until a page is empty.</summary>
    public async Task CatchUpAsync()
    {
        while (await StepAsync() != 0)
        {
        }
    }

    /// <returns>Events of the page; null when there was none.</returns>
    private async Task<int?> StepAsync()
    {
        if (await Poll.TryGetAsync(route, $"/api/preview/system/audit/export?page_size={pageSize}&{_query}") is not { } page) return null;
        var values = page["values"]!.AsArray();
        Seen.AddRange(values.Select(value => (string)value!["request_id"]!));
        _query = $"next_page_token={(string)page["next_page_token"]!}";
        Pages++;
        return values.Count;
    }
}
