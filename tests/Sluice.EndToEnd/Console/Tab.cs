using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Sluice.EndToEnd.Console;

/// <summary>One page of a browser. At its end it must have asked no other server for anything, and complained of nothing.</summary>
internal sealed class Tab : IAsyncDisposable
{
    /// <summary>What a browser says by itself of an answer that the page reads and shows, such as the 401 that leads to the sign-in.</summary>
    private const string Refusal = "Failed to load resource";

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly IBrowserContext _context;

    public Tab(IBrowserContext context, IPage page, Uri server, Uri? provider = null)
    {
        (_context, Page) = (context, page);
        page.Request += (_, request) =>
        {
            if (!IsOf(server, request) && !IsOf(provider, request) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) _complaints.Enqueue($"It asked {request.Url}.");
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith(Refusal, StringComparison.Ordinal)) _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
    }

    public IPage Page { get; }

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A titled part of the page.</summary>
    public ILocator Part(string name) => Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    /// <summary>Without the form.</summary>
    public async Task SignInAsync(string key)
    {
        var answer = await _context.APIRequest.PostAsync("/v1/session", new() { DataObject = new { key } });
        Assert.Equal(201, answer.Status);
    }

    private static bool IsOf(Uri? server, IRequest request) => server is not null && request.Url.StartsWith(server.ToString(), StringComparison.Ordinal);

    /// <summary>What moved by itself since the page was opened, and how much: 0 is nothing, 0.1 what browsers' makers call good.</summary>
    public Task<string[]> ShiftsAsync() => Page.EvaluateAsync<string[]>("""
        () => new Promise(done => {
            const entries = [];
            new PerformanceObserver(list => entries.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => setTimeout(() => {
                const shifts = entries.filter(one => !one.hadRecentInput);
                const sum = shifts.reduce((all, one) => all + one.value, 0);
                done(sum < 0.03 ? [] : shifts.map(one => `${location.pathname}${location.search} ${one.value.toFixed(4)}: ${one.sources.map(({ node, previousRect, currentRect }) => `${node?.outerHTML?.slice(0, 80)} from ${previousRect.y} to ${currentRect.y}`).join(" | ")}`));
            }));
        })
        """);

    public Task<int> WidthBeyondAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
