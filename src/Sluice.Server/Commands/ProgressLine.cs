using System.Globalization;

namespace Sluice.Server.Commands;

/// <summary>
/// How far a long check has come, on standard error: one line that is written over where a person looks at it, otherwise a line every ten seconds.
/// </summary>
internal sealed class ProgressLine(TextWriter writer, bool isTerminal, TimeProvider time)
{
    private const string ClearLine = "\r\u001b[K";

    private readonly long _started = time.GetTimestamp();
    private readonly TimeSpan _pause = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10);
    private TimeSpan _last;
    private bool _isOpen;

    /// <summary>Events that an earlier run has done: they say nothing of this one's pace.</summary>
    public long Before { get; set; }

    /// <param name="part">What is done of the whole, from 0 to 1; null when nobody knows.</param>
    public void Report(long events, double? part)
    {
        var elapsed = time.GetElapsedTime(_started);
        if (elapsed - _last < _pause) return;
        _last = elapsed;
        var percent = part is { } known ? string.Create(CultureInfo.InvariantCulture, $"{Math.Min(known, 1):P0}, ").Replace(" %", "%", StringComparison.Ordinal) : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{percent}{events:N0} events, {(events - Before) / elapsed.TotalSeconds:N0} events/s");
        if (isTerminal) writer.Write(ClearLine + line);
        else writer.WriteLine(line);
        _isOpen = isTerminal;
    }

    /// <summary>Takes the line away, so that what is written next stands alone.</summary>
    public void Close()
    {
        if (_isOpen) writer.Write(ClearLine);
        _isOpen = false;
    }
}
