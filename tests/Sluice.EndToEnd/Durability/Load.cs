using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>Several writers at once, who carry on over the server's deaths.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly WriterStyle[] Styles = [WriterStyle.Single, WriterStyle.Single, WriterStyle.Single, WriterStyle.Lines, WriterStyle.Lines, WriterStyle.Gzip];

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Writer> _writers;
    private IReadOnlyList<SluiceClient> _clients = [];
    private Task[] _running = [];

    public Load(Random random, int writers = 6) =>
        _writers = [.. Enumerable.Range(0, writers).Select(at => new Writer($"w{at}", Styles[at % Styles.Length], random.Next(), Acknowledged))];

    public Acknowledged Acknowledged { get; } = new();

    public int Duplicates => _writers.Sum(writer => writer.Duplicates);

    public IEnumerable<Answer> Refusals => _writers.SelectMany(writer => writer.Refusals.Values);

    /// <summary>Starts the writers, each with a node of its own to begin with; does nothing when they run, for addresses stay the same.</summary>
    public void Start(params IReadOnlyList<SluiceClient> nodes)
    {
        if (_clients.Count > 0) return;
        _clients = [.. nodes.Select(node => node.With(SluiceProcess.AdminKey))];
        _running = [.. _writers.Select((writer, at) => Task.Run(() => writer.RunAsync(new Route(_clients, at), _stopping.Token)))];
    }

    /// <summary>Shows what stopped a writer, if one was told something that a good event never should be.</summary>
    public void MustRun()
    {
        foreach (var ended in _running.Where(writer => writer.IsFaulted)) ended.GetAwaiter().GetResult();
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var client in _clients) client.Dispose();
        _stopping.Dispose();
    }
}
