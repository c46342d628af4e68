using System.Diagnostics;
using System.Text;

namespace Sluice.Telemetry;

/// <summary>What an operator wants to know of any process, under the names that dashboards expect.</summary>
internal static class ProcessMetrics
{
    public static void Write(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        One(text, "process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1e3);
        One(text, "process_cpu_seconds_total", "counter", "CPU time used, in seconds.", process.TotalProcessorTime.TotalSeconds);
        One(text, "process_resident_memory_bytes", "gauge", "Memory in RAM, in bytes.", process.WorkingSet64);
        One(text, "process_threads", "gauge", "Threads of the process.", process.Threads.Count);
        One(text, "dotnet_gc_heap_bytes", "gauge", "Managed memory in use, in bytes.", GC.GetTotalMemory(forceFullCollection: false));
    }

    private static void One(StringBuilder text, string name, string type, string help, double value)
    {
        PrometheusText.Head(text, name, type, help);
        PrometheusText.Line(text, name, "", value);
    }
}
