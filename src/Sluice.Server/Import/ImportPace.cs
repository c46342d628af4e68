using System.Globalization;

namespace Sluice.Server.Import;

/// <summary>How an import's progress reads: records, and records a second since it was last asked.</summary>
internal sealed class ImportPace(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private long _since = time.GetTimestamp();
    private long? _counted;
    private double? _rate;

    public string Text(ImportTally tally)
    {
        Measure(tally.Records);
        return string.Create(CultureInfo.InvariantCulture, $"{tally.Records:N0} records{(_rate is { } rate ? $", {rate:N0} events/s" : "")}");
    }

    private void Measure(long records)
    {
        _counted ??= records;
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < Shortest) return;
        _rate = (records - _counted.Value) / elapsed.TotalSeconds;
        (_since, _counted) = (time.GetTimestamp(), records);
    }
}
