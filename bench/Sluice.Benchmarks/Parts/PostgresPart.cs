using System.Diagnostics;
using Sluice.Benchmarks.Baselines;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;
using Sluice.Testing;

namespace Sluice.Benchmarks.Parts;

/// <summary>The same on PostgreSQL, which has its fsync on and runs on the same machine: one node and two beside raw COPY, then what SQLite is asked too.</summary>
internal static class PostgresPart
{
    public const string Name = "postgres";

    private const double Wanted = 0.6;
    private const int Takeovers = 5;

    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        await using var postgres = await StartAsync();
        var its = run.On(postgres.NewDatabaseAsync, new Sizes(Math.Max(run.Sizes.Grown / 5, 100_000)));
        foreach (var perRequest in new[] { 1_000, 100 })
        {
            var copied = await CopyAsync(its, postgres, perRequest);
            await IngestAsync(its, postgres, 1, perRequest, copied);
            await IngestAsync(its, postgres, 2, perRequest, copied);
        }

        await SinglesAsync(its);
        await TakeoverAsync(its, postgres);
        await DeliveryPart.MeasureAsync(its);
        await QueryPart.MeasureAsync(its);
        its.Dispose();
    }

    private static async Task<PostgresServer> StartAsync()
    {
        try
        {
            return await PostgresServer.StartAsync(isDurable: true, "shared_buffers=512MB");
        }
        catch (InvalidOperationException absent)
        {
            throw new BenchmarkException(absent.Message);
        }
    }

    private static async Task<Baseline> CopyAsync(BenchmarkRun run, PostgresServer postgres, int batch)
    {
        Report.Tell($"baseline: raw COPY, {batch} rows a commit");
        await RawPostgres.CopyAsync(await postgres.NewDatabaseAsync(), run.Source, 20L * batch, batch);
        var copied = await RawPostgres.CopyAsync(await postgres.NewDatabaseAsync(), run.Source, run.Sizes.Grown, batch);
        Add(run, $"raw COPY with one unique index, {batch:N0} a commit", copied.RowsPerSecond, "rows/s");
        Add(run, $"raw COPY, {batch:N0} a commit: p99", copied.CommitMilliseconds.P99, "ms");
        return new Baseline($"raw COPY, {batch} a commit", copied.RowsPerSecond, Wanted);
    }

    private static async Task IngestAsync(BenchmarkRun run, PostgresServer postgres, int nodes, int perRequest, Baseline copied)
    {
        var name = $"{(nodes == 1 ? "one node" : $"{nodes} nodes")}, {perRequest:N0} a request";
        Report.Tell($"{Name}: {name}");
        var store = await postgres.NewDatabaseAsync();
        var servers = new List<SluiceServer>();
        try
        {
            while (servers.Count < nodes) servers.Add(await run.StartServerAsync(store));
            await SendAsync(run, servers, run.Sizes.WarmUp, perRequest);
            foreach (var server in servers) await server.Process.SettleAsync();
            var used = servers.Sum(server => server.Process.CpuSeconds);
            foreach (var server in servers) server.Process.ForgetPeak();
            var results = await SendAsync(run, servers, run.Sizes.Grown, perRequest);
            foreach (var server in servers) await server.Process.SettleAsync();
            var seconds = results.Max(result => result.Seconds);
            Add(run, name, run.Sizes.Grown / seconds, "events/s", copied);
            Add(run, $"{name}: CPU of the nodes, indexes too", (servers.Sum(server => server.Process.CpuSeconds) - used) / run.Sizes.Grown * 1e6, "s/M");
            Add(run, $"{name}: p50", Percentiles.Of(results.SelectMany(Milliseconds)).P50, "ms");
            Add(run, $"{name}: p99", Percentiles.Of(results.SelectMany(Milliseconds)).P99, "ms");
            Add(run, $"{name}: peak memory of a node", servers.Max(server => server.Process.PeakMebibytes), "MiB");
            Add(run, $"{name}: not accepted", results.Sum(result => result.Unconfirmed), "events", target: Target.AtMost(0));
            if (results.Sum(result => result.PutOff) is > 0 and var putOff) Add(run, $"{name}: answered 429 or 503 and sent again", putOff, "requests");
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
        }
    }

    private static async Task SinglesAsync(BenchmarkRun run)
    {
        Report.Tell($"{Name}: single events");
        using var server = await run.StartServerAsync();
        await run.SendAsync(server, run.Sizes.SingleWarmUp, 1);
        var sent = await run.SendAsync(server, run.Sizes.Single, 1);
        Add(run, "one node, single events, 64 connections", sent.EventsPerSecond, "events/s");
        Add(run, "one node, single events: p99", sent.Latency.P99, "ms");
    }

    private static Task<LoadResult[]> SendAsync(BenchmarkRun run, IReadOnlyList<SluiceServer> servers, long events, int perRequest)
    {
        var each = events / servers.Count;
        return Task.WhenAll(servers.Select(server =>
            LoadSender.RunAsync(server.Plan(run.Source.Take(each), each, perRequest, MeasuredBaselines.Connections(perRequest) / servers.Count), run.Source)));
    }

    private static IEnumerable<double> Milliseconds(LoadResult result) => result.Requests.Select(request => request.Milliseconds);

    /// <summary>From kill -9 of the node that runs a stream until the receiver gets an event that was sent after it.</summary>
    private static async Task TakeoverAsync(BenchmarkRun run, PostgresServer postgres)
    {
        var store = await postgres.NewDatabaseAsync();
        using var receiver = new Receiver();
        var times = new List<double>();
        var survivor = await run.StartServerAsync(store);
        try
        {
            await survivor.CreateDestinationAsync(new { name = "bench", provider = "webhook", endpoint = $"http://{receiver.Address}/hook" });
            for (var round = 0; round < Takeovers; round++)
            {
                var owner = survivor;
                await DeliveredAsync(run, owner, receiver);
                survivor = await run.StartServerAsync(store);
                Report.Tell($"{Name}: takeover {round + 1}");
                var started = Stopwatch.GetTimestamp();
                owner.Kill();
                await DeliveredAsync(run, survivor, receiver);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                owner.Dispose();
            }
        }
        finally
        {
            survivor.Dispose();
        }

        Add(run, "takeover after kill -9, until the next event arrives: median", times.Order().ElementAt(times.Count / 2), "ms", target: Target.AtMost(10_000));
        Add(run, "takeover after kill -9: slowest", times.Max(), "ms", target: Target.AtMost(10_000));
    }

    private static async Task DeliveredAsync(BenchmarkRun run, SluiceServer server, Receiver receiver)
    {
        var first = run.Source.Take(1);
        var arrivals = receiver.Expect(first, 1);
        await LoadSender.RunAsync(server.Plan(first, 1, 1, 1), run.Source);
        var started = Stopwatch.GetTimestamp();
        while (arrivals.Missing > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > TakenOverWithin) throw new BenchmarkException("No node took the stream over.");
            await Task.Delay(5);
        }
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Baseline? baseline = null, Target? target = null) =>
        run.Report.Add(new Figure("ingest and takeover", name, value, unit) { Baseline = baseline, Target = target });
}
