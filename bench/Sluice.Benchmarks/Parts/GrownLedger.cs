using Sluice.Benchmarks.Processes;
using Sluice.Benchmarks.Reporting;
using Sluice.Benchmarks.Sending;

namespace Sluice.Benchmarks.Parts;

/// <summary>A server with all events of a run stored, and how they got there.</summary>
/// <param name="First">The index of the first event that was measured.</param>
/// <param name="CpuSeconds">Until the indexes were complete too.</param>
internal sealed record GrownLedger(SluiceServer Server, long First, LoadResult Filling, double CpuSeconds, double PeakMebibytes, long DataBytes)
{
    public static async Task<GrownLedger> FillAsync(BenchmarkRun run)
    {
        var events = run.Sizes.Grown;
        Report.Tell($"filling a ledger with {events:N0} events");
        var server = await run.StartServerAsync();
        try
        {
            await run.SendAsync(server, run.Sizes.WarmUp, 1_000);
            await server.Process.SettleAsync();
            server.Process.ForgetPeak();
            var used = server.Process.CpuSeconds;
            var first = run.Source.Take(events);
            var filling = await LoadSender.RunAsync(server.Plan(first, events, 1_000, 4), run.Source);
            await server.Process.SettleAsync();
            return new GrownLedger(server, first, filling, server.Process.CpuSeconds - used, server.Process.PeakMebibytes, server.DataBytes);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }
}
