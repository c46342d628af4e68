using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Durability;

/// <summary>Several writers at once, who carry on over the server's deaths.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Writer> _writers;
    private SluiceClient? _client;
    private Task[] _running = [];

    public Load(Random random)
    {
        _writers =
        [
            .. new[] { WriterStyle.Single, WriterStyle.Single, WriterStyle.Single, WriterStyle.Lines, WriterStyle.Lines, WriterStyle.Gzip }
                .Select((style, at) => new Writer($"w{at}", style, random.Next(), Acknowledged)),
        ];
    }

    public Acknowledged Acknowledged { get; } = new();

    public int Duplicates => _writers.Sum(writer => writer.Duplicates);

    public IEnumerable<Answer> Refusals => _writers.SelectMany(writer => writer.Refusals.Values);

    /// <summary>Starts the writers; does nothing when they run, for the address stays the same.</summary>
    public void Start(SluiceClient client)
    {
        if (_client is not null) return;
        _client = client.With(SluiceProcess.AdminKey);
        _running = [.. _writers.Select(writer => Task.Run(() => writer.RunAsync(_client, _stopping.Token)))];
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
        _client?.Dispose();
        _stopping.Dispose();
    }
}
