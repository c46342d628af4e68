using System.Diagnostics.Metrics;

namespace Sluice.Telemetry;

/// <summary>The file system that the data folder is on.</summary>
public sealed class DiskMetrics : IDisposable
{
    private readonly Meter _meter = new("Sluice.Disk");

    public DiskMetrics(string folder)
    {
        var disk = new DriveInfo(Path.GetFullPath(folder));
        _meter.CreateObservableGauge("sluice.disk.free", () => disk.AvailableFreeSpace, "By", "What may still be written where the data folder is.");
        _meter.CreateObservableGauge("sluice.disk.size", () => disk.TotalSize, "By", "Size of the file system of the data folder.");
    }

    public void Dispose() => _meter.Dispose();
}
