using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;
using Sluice.Benchmarks.Workload;

namespace Sluice.Benchmarks.Baselines;

/// <summary>Baselines, each measured when it is first asked for, and once.</summary>
internal sealed class MeasuredBaselines(string folder, Sizes sizes, EventSource source)
{
    private readonly Dictionary<int, RawSqlite.Appended> _sqlite = [];
    private readonly Dictionary<int, HttpOnly> _http = [];
    private double? _scan, _receiver;

    /// <param name="CpuPerMillion">CPU seconds of the bare server a million events.</param>
    public sealed record HttpOnly(double EventsPerSecond, double CpuPerMillion, Percentiles Milliseconds);

    /// <summary>Commits of <paramref name="batch"/> rows, each synced.</summary>
    public RawSqlite.Appended Sqlite(int batch)
    {
        if (_sqlite.TryGetValue(batch, out var known)) return known;
        Report.Tell($"baseline: raw SQLite, {batch} rows a commit");
        WithFile(file => RawSqlite.Append(file, source, 50L * batch, batch));
        return WithFile(file =>
        {
            var measured = _sqlite[batch] = RawSqlite.Append(file, source, sizes.Batched, batch);
            _scan ??= RawSqlite.Scan(file);
            return measured;
        });
    }

    /// <summary>Bodies read from raw SQLite in order, a second.</summary>
    public double SqliteScan()
    {
        if (_scan is null) Sqlite(1_000);
        return _scan!.Value;
    }

    /// <summary>The bare server, in the same requests that Sluice gets.</summary>
    public async Task<HttpOnly> HttpAsync(int perRequest)
    {
        if (_http.TryGetValue(perRequest, out var known)) return known;
        Report.Tell($"baseline: bare HTTP server, {perRequest} events a request");
        using var server = await BareKestrel.StartAsync();
        var events = perRequest == 1 ? sizes.Single : sizes.Batched;
        var plan = new LoadPlan(server.Address, "none", 0, perRequest == 1 ? sizes.SingleWarmUp : sizes.WarmUp, perRequest, Connections(perRequest));
        await LoadSender.RunAsync(plan, source);
        var used = server.CpuSeconds;
        var sent = await LoadSender.RunAsync(plan with { Events = events }, source);
        return _http[perRequest] = new HttpOnly(sent.EventsPerSecond, (server.CpuSeconds - used) / events * 1e6, sent.Latency);
    }

    /// <summary>What the receiver takes from the sender when nothing is between them: neither may be what a figure shows.</summary>
    public async Task<double> ReceiverAsync()
    {
        if (_receiver is { } known) return known;
        Report.Tell("baseline: sender straight into the receiver");
        using var receiver = new Receiver();
        var plan = new LoadPlan(receiver.Address, "none", 0, sizes.WarmUp, 1_000, 1);
        await SendAsync(plan);
        return (_receiver = await SendAsync(plan with { Events = sizes.Batched })).Value;

        async Task<double> SendAsync(LoadPlan plan)
        {
            var arrivals = receiver.Expect(plan.First, plan.Events);
            await LoadSender.RunAsync(plan, source);
            return arrivals.Arrived / arrivals.Seconds;
        }
    }

    /// <summary>As many as keep the server busy.</summary>
    public static int Connections(int perRequest) => perRequest == 1 ? 64 : 4;

    private T WithFile<T>(Func<string, T> use)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            return use(Path.Combine(own, "raw.db"));
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }
}
