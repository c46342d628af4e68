using Sluice.Benchmarks.Baselines;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Parts;

/// <summary>What the parts of one run share.</summary>
internal sealed class BenchmarkRun : IDisposable
{
    private readonly string _folder;
    private readonly Func<Task<string>>? _newStore;
    private GrownLedger? _grown;

    public BenchmarkRun(BenchmarkOptions options)
    {
        _folder = Directory.CreateDirectory(options.Folder).FullName;
        (Sizes, Source, Seed) = (new Sizes(options.Events), new EventSource(options.Seed), options.Seed);
        Baselines = new MeasuredBaselines(_folder, Sizes, Source);
    }

    private BenchmarkRun(BenchmarkRun other, Func<Task<string>> newStore, Sizes sizes)
    {
        (_folder, _newStore, Sizes, Source, Seed) = (other._folder, newStore, sizes, other.Source, other.Seed);
        Baselines = other.Baselines;
        Report = other.Report.Under("PostgreSQL:");
    }

    public Sizes Sizes { get; }

    public EventSource Source { get; }

    public int Seed { get; }

    public MeasuredBaselines Baselines { get; }

    public Report Report { get; } = new();

    /// <summary>The same run with every server on a new database.</summary>
    public BenchmarkRun On(Func<Task<string>> newStore, Sizes sizes) => new(this, newStore, sizes);

    public async Task<SluiceServer> StartServerAsync() => await StartServerAsync(_newStore is null ? null : await _newStore());

    /// <param name="store">Connection string of a database; null for SQLite.</param>
    public Task<SluiceServer> StartServerAsync(string? store) => SluiceServer.StartAsync(_folder, store);

    /// <param name="setting">One of the server's settings, as an environment variable.</param>
    public Task<SluiceServer> StartServerAsync((string Name, string Value) setting) => SluiceServer.StartAsync(_folder, null, setting);

    /// <summary>The server with all events stored; filled when first asked for.</summary>
    public async Task<GrownLedger> GrownAsync() => _grown ??= await GrownLedger.FillAsync(this);

    /// <summary>Sends events that no one has seen yet.</summary>
    public Task<LoadResult> SendAsync(SluiceServer server, long events, int perRequest) =>
        LoadSender.RunAsync(server.Plan(Source.Take(events), events, perRequest, MeasuredBaselines.Connections(perRequest)), Source);

    public void Dispose() => _grown?.Server.Dispose();
}
