using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.Storage.Sqlite;

namespace Sluice.Benchmarks.Reporting;

/// <summary>Where a run was made, and how quiet it was there.</summary>
internal sealed record Machine(DateTimeOffset At, int Cores, string Processor, string System, string Framework, string Sqlite, double? LoadAtStart)
{
    public static Machine Here(TimeProvider time) => new(
        time.GetUtcNow(), Environment.ProcessorCount, ProcessorName(), RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        Database.LibraryVersion, Load());

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At:yyyy-MM-dd HH:mm}Z, {Cores} × {Processor}, {System}, {Framework}, SQLite {Sqlite}, load at start {LoadAtStart:0.0}");

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 2)..];
    }

    private static double? Load()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? double.Parse(File.ReadAllText(file).Split(' ')[0], CultureInfo.InvariantCulture) : null;
    }
}
