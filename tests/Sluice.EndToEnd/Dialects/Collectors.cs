using System.Globalization;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>Collectors of each dialect, each with a route of its own over the nodes.</summary>
internal sealed class Collectors : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly VezaPoller[] _veza;
    private readonly TruthlocksPoller[] _truthlocks;
    private readonly ZaitaPoller[] _zaita;
    private readonly ZitadelPoller[] _zitadel;
    private Task[] _running = [];

    public Collectors(IReadOnlyList<SluiceClient> nodes)
    {
        var from = TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        _veza = [.. new[] { 200, 1_000, 10_000 }.Select((size, at) => new VezaPoller(new Route(nodes, at), from, size))];
        _truthlocks = [.. new[] { 200, 1_000 }.Select((size, at) => new TruthlocksPoller(new Route(nodes, at), size))];
        _zaita = [.. new[] { 200, 1_000 }.Select((size, at) => new ZaitaPoller(new Route(nodes, at), size))];
        _zitadel = [.. new[] { 200, 1_000 }.Select((size, at) => new ZitadelPoller(new Route(nodes, at), size))];
    }

    /// <summary>Does nothing when they run.</summary>
    public void Start()
    {
        if (_running.Length > 0) return;
        _running = [.. _veza.Select(it => Run(it.RunAsync)), .. _truthlocks.Select(it => Run(it.RunAsync)), .. _zaita.Select(it => Run(it.RunAsync)), .. _zitadel.Select(it => Run(it.RunAsync))];
    }

    /// <summary>Lets them come to the end of what was committed, and throws what went wrong.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        foreach (var poller in _veza) await poller.CatchUpAsync();
        foreach (var poller in _truthlocks) await poller.CatchUpAsync();
        foreach (var poller in _zaita) await poller.CatchUpAsync();
        foreach (var poller in _zitadel) await poller.CatchUpAsync();
    }

    public void MustHave(IReadOnlyList<string> committed)
    {
        foreach (var poller in _veza) Assert.True(committed.SequenceEqual(poller.Seen), $"An export has {poller.Seen.Count} of {committed.Count}: {Difference(committed, poller.Seen)}");
        foreach (var poller in _truthlocks) Assert.True(poller.Seen.SetEquals(committed), $"A list has {poller.Seen.Count} of {committed.Count}: {Difference(committed, poller.Seen)}");
        foreach (var poller in _zaita) Assert.True(committed.SequenceEqual(poller.Seen), $"Zaita's pages have {poller.Seen.Count} of {committed.Count}: {Difference(committed, poller.Seen)}");
        foreach (var poller in _zitadel) Assert.Equal(Enumerable.Range(0, committed.Count).Select(at => (long)at), poller.Seen);
    }

    public override string ToString() => $"{_veza.Sum(poller => poller.Pages)} pages of exports, {_truthlocks.Sum(poller => poller.Rounds)} walks through lists, {_zaita.Sum(poller => poller.Pages)} and {_zitadel.Sum(poller => poller.Pages)} pages";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        _stopping.Dispose();
    }

    private Task Run(Func<CancellationToken, Task> collector) => Task.Run(() => collector(_stopping.Token));

    private static string Difference(IReadOnlyList<string> committed, IReadOnlyCollection<string> seen) =>
        $"missing {string.Join(' ', committed.Except(seen).Take(5))}, twice {string.Join(' ', seen.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key).Take(5))}";
}
