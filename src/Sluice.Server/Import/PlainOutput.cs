using System.Globalization;

namespace Sluice.Server.Import;

/// <summary>Plain lines, for files and other programs: progress every five seconds.</summary>
internal sealed class PlainOutput(TextWriter writer, TimeProvider time) : IImportOutput
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly ImportPace _pace = new(time);
    private long _last = time.GetTimestamp();

    public void Say(string line) => writer.WriteLine(line);

    public void Report(ImportTally tally, double? fraction)
    {
        var text = _pace.Text(tally);
        if (time.GetElapsedTime(_last) < Every) return;
        _last = time.GetTimestamp();
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text}{(fraction is { } part ? $", {100 * part:F0} % of the file" : "")}"));
    }
}
