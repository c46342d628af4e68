using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Console;

/// <summary>Another product's pages, on a site of their own: served, not made up by the browser, which lets no made-up page ask a loopback address.</summary>
internal sealed class CustomerSite : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, byte[]> _pages = new();
    private readonly Task _serving;

    public CustomerSite()
    {
        var port = FreePort.Take();
        (Address, OtherAddress) = (new Uri($"http://localhost:{port}"), new Uri($"http://127.0.0.1:{port}"));
        foreach (var address in new[] { Address, OtherAddress }) _listener.Prefixes.Add(address.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Whose pages may show the viewer.</summary>
    public Uri Address { get; }

    /// <summary>The same pages on a site that may not.</summary>
    public Uri OtherAddress { get; }

    /// <returns>The path at which the page is.</returns>
    public string Add(string page)
    {
        var path = $"/{_pages.Count + 1}-{Guid.NewGuid():N}";
        _pages[path] = Encoding.UTF8.GetBytes(page);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var page = _pages.GetValueOrDefault(context.Request.Url!.AbsolutePath);
                context.Response.StatusCode = page is null ? 404 : 200;
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.Close(page ?? [], willBlock: false);
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
