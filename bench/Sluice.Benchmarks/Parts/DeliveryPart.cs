using System.Diagnostics;
using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Receiving;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Parts;

/// <summary>From a stored ledger to a receiver, until every event is confirmed.</summary>
internal static class DeliveryPart
{
    public const string Name = "delivery";

    private static readonly TimeSpan NothingCameFor = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(BenchmarkRun run)
    {
        var limit = await run.Baselines.ReceiverAsync();
        using var receiver = new Receiver();
        using var server = await run.StartServerAsync();
        await FillAsync(run, server, run.Sizes.WarmUp);
        foreach (var kind in Kinds(receiver)) await DrainAsync(server, kind.Definition, receiver.Expect(0, 0));
        var events = run.Sizes.Batched;
        var first = await FillAsync(run, server, events);
        foreach (var (name, definition) in Kinds(receiver))
        {
            Report.Tell($"delivery: {name}");
            await server.Process.SettleAsync();
            server.Process.ForgetPeak();
            var used = server.Process.CpuSeconds;
            var arrivals = receiver.Expect(first, events);
            await DrainAsync(server, definition, arrivals);
            await server.Process.SettleAsync();
            Add(run, name, arrivals.Arrived / arrivals.Seconds, "events/s", Target.AtLeast(370_000), new Baseline("sender straight into receiver", limit));
            Add(run, $"{name}: server CPU", (server.Process.CpuSeconds - used) / (events + run.Sizes.WarmUp) * 1e6, "s/M", Target.AtMost(1.5));
            Add(run, $"{name}: peak memory", server.Process.PeakMebibytes, "MiB", Target.AtMost(180));
            AddFaults(run, Name, name, arrivals);
            Add(run, $"{name}: out of order", arrivals.OutOfOrder, "events", Target.AtMost(0));
        }
    }

    public static void AddFaults(BenchmarkRun run, string part, string name, ArrivalLog arrivals)
    {
        run.Report.Add(new Figure(part, $"{name}: lost", arrivals.Missing, "events") { Target = Target.AtMost(0) });
        run.Report.Add(new Figure(part, $"{name}: repeated", arrivals.Repeated, "events") { Target = Target.AtMost(0) });
    }

    /// <summary>Waits until all that is expected has come, or nothing has come for 30 s.</summary>
    public static async Task WaitAsync(ArrivalLog arrivals)
    {
        var (seen, since) = (0L, Stopwatch.GetTimestamp());
        while (arrivals.Missing > 0 && Stopwatch.GetElapsedTime(since) < NothingCameFor)
        {
            await Task.Delay(5);
            if (arrivals.Arrived != seen) (seen, since) = (arrivals.Arrived, Stopwatch.GetTimestamp());
        }
    }

    private static IEnumerable<(string Name, object Definition)> Kinds(Receiver receiver)
    {
        yield return ("webhook, array batches", new { name = "bench", provider = "webhook", endpoint = $"http://{receiver.Address}/hook", start_from = "beginning" });
        yield return ("Splunk HEC", new { name = "bench", provider = "splunk", endpoint = $"http://{receiver.Address}", token = "none", start_from = "beginning" });
    }

    /// <summary>Over one connection, so that the order of sending is the ledger's order.</summary>
    private static async Task<long> FillAsync(BenchmarkRun run, SluiceServer server, long events)
    {
        var first = run.Source.Take(events);
        await LoadSender.RunAsync(server.Plan(first, events, 1_000, connections: 1), run.Source);
        return first;
    }

    private static async Task DrainAsync(SluiceServer server, object definition, ArrivalLog arrivals)
    {
        var destination = await server.CreateDestinationAsync(definition);
        await WaitAsync(arrivals);
        var started = Stopwatch.GetTimestamp();
        while (await server.LagAsync(destination) > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > NothingCameFor) throw new BenchmarkException("The server did not confirm what arrived.");
            await Task.Delay(20);
        }

        await server.DeleteDestinationAsync(destination);
    }

    private static void Add(BenchmarkRun run, string name, double value, string unit, Target? target = null, Baseline? baseline = null) =>
        run.Report.Add(new Figure(Name, name, value, unit) { Target = target, Baseline = baseline });
}
