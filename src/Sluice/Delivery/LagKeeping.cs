using Microsoft.Extensions.Logging;
using Sluice.Events;
using Sluice.Streams;

namespace Sluice.Delivery;

/// <summary>
/// Keeps how far streams are behind, minute by minute for a day, so that somebody who comes when it is over still sees how it went. Of a stream that keeps up
/// it writes only every ten minutes: without a row in between nothing waited.
/// </summary>
internal sealed partial class LagKeeping(StreamSupervisor streams, DeliveryEnvironment environment, ILogger<LagKeeping> logger) : Keeping(environment.Time, TimeSpan.FromMinutes(1))
{
    private const long QuietStep = 10 * LagSample.Step;

    private Dictionary<string, LagSample> _kept = new(StringComparer.Ordinal);

    protected override async ValueTask StoreAsync(CancellationToken cancellation)
    {
        var at = Timestamp.Now(environment.Time) / LagSample.Step * LagSample.Step;
        var now = streams.Readings().ToDictionary(stream => stream.Destination, stream => new LagSample(at, stream.LagEvents, (long)stream.LagSeconds), StringComparer.Ordinal);
        var news = now.Where(stream => IsNews(stream.Value, _kept.GetValueOrDefault(stream.Key))).Select(stream => (stream.Key, stream.Value)).ToList();
        if (news.Count == 0) return;
        await environment.Store.KeepLagAsync(news, cancellation);
        foreach (var (destination, last) in _kept.Where(last => now.ContainsKey(last.Key) && !IsNews(now[last.Key], last.Value))) now[destination] = last;
        _kept = now;
    }

    protected override void TellNotKept(string problem) => Log.NotKept(logger, problem);

    private static bool IsNews(LagSample sample, LagSample? last) => last is null || sample.Events > 0 || last.Events > 0 || sample.At - last.At >= QuietStep;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "How far destinations are behind cannot be stored now, and is missing from their charts; delivery goes on: {Problem}")]
        public static partial void NotKept(ILogger logger, string problem);
    }
}
