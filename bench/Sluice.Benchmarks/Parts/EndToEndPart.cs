using System.Diagnostics;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Parts;

/// <summary>From POST to arrival at a destination, at a steady rate and at the highest.</summary>
internal static class EndToEndPart
{
    public const string Name = "endtoend";

    private const int SteadyRate = 5_000;

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        await MeasureSteadyAsync(run, perRequest: 1, connections: 64);
        await MeasureSteadyAsync(run, perRequest: 10, connections: 16);
        await MeasureSustainedAsync(run);
    }

    private static async Task MeasureSteadyAsync(BenchmarkRun run, int perRequest, int connections)
    {
        var name = perRequest == 1 ? "5,000/s, single events" : $"5,000/s, {perRequest} a request";
        Report.Tell($"endtoend: {name}");
        using var receiver = new Receiver();
        using var server = await run.StartServerAsync();
        await server.CreateDestinationAsync(new { name = "bench", provider = "webhook", endpoint = $"http://{receiver.Address}/hook" });
        await SendAsync(run, server, receiver, run.Sizes.SteadySeconds * SteadyRate, perRequest, connections);
        server.Process.ForgetPeak();
        var used = server.Process.CpuSeconds;
        var events = run.Sizes.SteadySeconds * SteadyRate;
        var (sent, arrivals, milliseconds) = await SendAsync(run, server, receiver, events, perRequest, connections);
        var delay = Percentiles.Of(milliseconds);
        Add(run, $"{name}: POST to arrival, p50", delay.P50, "ms");
        Add(run, $"{name}: POST to arrival, p99", delay.P99, "ms", Target.AtMost(5));
        Add(run, $"{name}: POST to arrival, slowest", delay.Most, "ms");
        Add(run, $"{name}: POST to answer, p99", sent.Latency.P99, "ms");
        Add(run, $"{name}: server CPU", (server.Process.CpuSeconds - used) / events * 1e6, "s/M");
        Add(run, $"{name}: peak memory", server.Process.PeakMebibytes, "MiB", Target.AtMost(110));
        Add(run, $"{name}: rate held", sent.EventsPerSecond, "events/s", Target.AtLeast(SteadyRate * 0.99));
        Add(run, $"{name}: sender behind its plan, at most", sent.WorstDelay.TotalMilliseconds, "ms");
        DeliveryPart.AddFaults(run, Name, name, arrivals);
    }

    private static async Task<(LoadResult Sent, ArrivalLog Arrivals, IEnumerable<double> Milliseconds)> SendAsync(
        BenchmarkRun run, SluiceServer server, Receiver receiver, int events, int perRequest, int connections)
    {
        var (first, sentAt) = (run.Source.Take(events), new long[events]);
        var arrivals = receiver.Expect(first, events);
        var sent = await LoadSender.RunAsync(server.Plan(first, events, perRequest, connections) with { Rate = SteadyRate, SentAt = sentAt }, run.Source);
        await DeliveryPart.WaitAsync(arrivals);
        var arrived = Enumerable.Range(0, events).Where(place => arrivals.At(place) != 0);
        return (sent, arrivals, arrived.Select(place => Stopwatch.GetElapsedTime(sentAt[place], arrivals.At(place)).TotalMilliseconds));
    }

    private static async Task MeasureSustainedAsync(BenchmarkRun run)
    {
        const string name = "POST to HEC, as fast as it goes";
        Report.Tell($"endtoend: {name}");
        using var receiver = new Receiver();
        using var server = await run.StartServerAsync();
        await server.CreateDestinationAsync(new { name = "bench", provider = "splunk", endpoint = $"http://{receiver.Address}", token = "none" });
        await SendAllAsync(run, server, receiver, run.Sizes.WarmUp);
        await server.Process.SettleAsync();
        server.Process.ForgetPeak();
        var used = server.Process.CpuSeconds;
        var events = run.Sizes.Batched;
        var (sent, arrivals) = await SendAllAsync(run, server, receiver, events);
        await server.Process.SettleAsync();
        Add(run, name, arrivals.Arrived / Stopwatch.GetElapsedTime(sent.StartedAt, arrivals.LastAt).TotalSeconds, "events/s", Target.AtLeast(150_000));
        Add(run, $"{name}: accepted", sent.EventsPerSecond, "events/s");
        Add(run, $"{name}: server CPU, indexes too", (server.Process.CpuSeconds - used) / events * 1e6, "s/M", Target.AtMost(9));
        Add(run, $"{name}: peak memory", server.Process.PeakMebibytes, "MiB", Target.AtMost(180));
        DeliveryPart.AddFaults(run, Name, name, arrivals);
    }

    private static async Task<(LoadResult Sent, ArrivalLog Arrivals)> SendAllAsync(BenchmarkRun run, SluiceServer server, Receiver receiver, long events)
    {
        var first = run.Source.Take(events);
        var arrivals = receiver.Expect(first, events);
        var sent = await LoadSender.RunAsync(server.Plan(first, events, 1_000, 4), run.Source);
        await DeliveryPart.WaitAsync(arrivals);
        return (sent, arrivals);
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null, Baseline? baseline = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target, Baseline = baseline });
}
