using System.Net.Sockets;
using Sluice.Benchmarks;
using Sluice.Benchmarks.Baselines;
using Sluice.Benchmarks.Crowds;
using Sluice.Benchmarks.Latencies;
using Sluice.Benchmarks.Parts;
using Sluice.Benchmarks.Reporting;

(string Name, Func<BenchmarkRun, Task> MeasureAsync)[] parts =
[
    (BaselinesPart.Name, BaselinesPart.MeasureAsync),
    (IngestPart.Name, IngestPart.MeasureAsync),
    (GrowthPart.Name, GrowthPart.MeasureAsync),
    (QueryPart.Name, QueryPart.MeasureAsync),
    (AuditPart.Name, AuditPart.MeasureAsync),
    (DeliveryPart.Name, DeliveryPart.MeasureAsync),
    (EndToEndPart.Name, EndToEndPart.MeasureAsync),
    (LatencyPart.Name, LatencyPart.MeasureAsync),
    (CrowdPart.Name, CrowdPart.MeasureAsync),
    (ConsolePart.Name, ConsolePart.MeasureAsync),
    (PostgresPart.Name, PostgresPart.MeasureAsync),
];

if (args is [BareKestrel.Command, var url])
{
    await BareKestrel.ServeAsync(url);
    return 0;
}

if (args.Any(argument => argument is "--help" or "-h"))
{
    Console.WriteLine(BenchmarkOptions.Help);
    return 0;
}

try
{
    return await RunAsync(BenchmarkOptions.Parse(args));
}
catch (BenchmarkException problem)
{
    Console.Error.WriteLine($"bench: {problem.Message}");
    return 2;
}

async Task<int> RunAsync(BenchmarkOptions options)
{
    if (options.Parts.FirstOrDefault(name => parts.All(part => part.Name != name)) is { } unknown)
        throw new BenchmarkException($"There is no part {unknown}; there are {string.Join(", ", parts.Select(part => part.Name))}.");
    var machine = Machine.Here(TimeProvider.System);
    using var run = new BenchmarkRun(options);
    var isComplete = true;
    foreach (var (name, measureAsync) in parts)
    {
        if (options.Parts.Count == 0 || options.Parts.Contains(name)) isComplete &= await TryAsync(name, () => measureAsync(run));
    }

    ReportTable.Write(Console.Out, machine, run.Report.Figures);
    if (options.JsonFile is { } file) ReportFile.Write(file, machine, options, run.Report.Figures);
    return isComplete ? 0 : 1;
}

// What one part cannot measure costs the others nothing.
async Task<bool> TryAsync(string name, Func<Task> measureAsync)
{
    try
    {
        await measureAsync();
        return true;
    }
    catch (Exception problem) when (problem is BenchmarkException or IOException or SocketException or HttpRequestException)
    {
        Console.Error.WriteLine($"bench: {name} was not measured to its end: {problem.Message}");
        return false;
    }
}
