using System.Globalization;

namespace Sluice.Server.Import;

/// <summary>
/// How long an import waits for a server. One that answers, and says it cannot take more now, is waited for without end, as long as it asks each time,
/// at most ten minutes; one that does not answer, or answers nonsense, is given up after two minutes.
/// </summary>
internal sealed class Patience
{
    public static readonly TimeSpan WithoutAnswer = TimeSpan.FromMinutes(2), LongestAsked = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestOwn = TimeSpan.FromSeconds(15);

    private TimeSpan _next = TimeSpan.FromSeconds(1);
    private TimeSpan _without;

    /// <param name="asked">What the server asked for.</param>
    public TimeSpan AfterBusy(TimeSpan? asked)
    {
        _without = default;
        return asked is { } wait ? Shorter(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, LongestAsked) : Double();
    }

    /// <returns>Null: it is time to give up.</returns>
    public TimeSpan? AfterNoAnswer()
    {
        if (_without >= WithoutAnswer) return null;
        var wait = Double();
        _without += wait;
        return wait;
    }

    public static string Text(TimeSpan wait) => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):F0} s");

    private TimeSpan Double()
    {
        var wait = _next;
        _next = Shorter(_next * 2, LongestOwn);
        return wait;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
