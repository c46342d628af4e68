using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Events;

namespace Sluice.Destinations.Splunk;

/// <summary>
/// Events as the HTTP Event Collector takes them: JSON objects one after the other, each with every key, because Splunk may carry a key over to the next
/// object that lacks it.
/// </summary>
internal sealed class SplunkPayload
{
    private const int LongestTime = 20;

    private readonly byte[] _afterTime;

    public SplunkPayload(SplunkSettings settings, string host) => _afterTime = Encoding.UTF8.GetBytes(
        $",\"host\":{Text(host)},\"source\":{Text(settings.Source)},\"sourcetype\":{Text(settings.Sourcetype)},\"index\":{Text(settings.Index)},\"event\":");

    /// <summary>Bytes around each event, at most.</summary>
    public static int Overhead(SplunkSettings settings) => new SplunkPayload(settings, Environment.MachineName)._afterTime.Length + LongestTime + 10;

    public void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var outgoing = batch[i];
            output.Write("{\"time\":"u8);
            WriteTime(outgoing, output);
            output.Write(_afterTime);
            outgoing.WriteValue(output);
            output.Write("}"u8);
        }
    }

    /// <summary>Seconds since 1970 with the fraction that the event has, three digits at least.</summary>
    private static void WriteTime(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        if (!Timestamp.TryParse(outgoing.Head.Timestamp, out var time)) time = outgoing.Stored.PersistedAt;
        var (seconds, nanoseconds) = Math.DivRem(time, 1_000_000_000);
        var digits = 9;
        for (; digits > 3 && nanoseconds % 10 == 0; digits--) nanoseconds /= 10;
        var span = output.GetSpan(LongestTime + 1);
        Utf8Formatter.TryFormat(seconds, span, out var length);
        span[length++] = (byte)'.';
        Utf8Formatter.TryFormat(nanoseconds, span[length..], out var written, new StandardFormat('D', (byte)digits));
        output.Advance(length + written);
    }

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
