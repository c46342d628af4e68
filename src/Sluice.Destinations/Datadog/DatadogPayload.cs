using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;
using Sluice.Ledger;

namespace Sluice.Destinations.Datadog;

/// <summary>Events as Datadog's log intake takes them: an array of logs with the event, as it is spelled, in one attribute.</summary>
internal sealed class DatadogPayload
{
    /// <summary>Datadog cuts larger logs and says nothing.</summary>
    public const int LargestLog = 1_000_000;

    private const int LongestAction = 256;
    private const int LongestEscape = 6;

    /// <summary>Datadog takes times up to 18 hours old; a minute is for the way there.</summary>
    private static readonly TimeSpan OldestTime = TimeSpan.FromHours(18) - TimeSpan.FromMinutes(1);

    private readonly byte[] _start;

    public DatadogPayload(DatadogSettings settings) => _start = Encoding.UTF8.GetBytes(
        $"{{\"ddsource\":\"sluice\",\"ddtags\":{Text(settings.Tags)},\"service\":{Text(settings.Service)},");

    /// <summary>Bytes around each event; more only where an action is full of characters that JSON escapes.</summary>
    public int Overhead => _start.Length + "\"timestamp\":9223372036854,\"message\":\"\",\"event\":},".Length + LongestAction;

    public bool IsTooLarge(OutgoingEvent outgoing) => outgoing.Spelled.Length + Overhead + LongestAction * (LongestEscape - 1) > LargestLog;

    /// <summary>Writes those that are not too large.</summary>
    public void Write(EventBatch batch, DateTimeOffset now, IBufferWriter<byte> output)
    {
        var oldest = (now - OldestTime).ToUnixTimeMilliseconds();
        var separator = "["u8;
        for (var i = 0; i < batch.Count; i++)
        {
            if (IsTooLarge(batch[i])) continue;
            output.Write(separator);
            Write(batch[i], oldest, output);
            separator = ","u8;
        }

        output.Write("]"u8);
    }

    /// <summary>Without its time, an older event is shown at its arrival; the time stays in the event.</summary>
    private void Write(OutgoingEvent outgoing, long oldest, IBufferWriter<byte> output)
    {
        output.Write(_start);
        var time = EventTime.Milliseconds(outgoing);
        if (time >= oldest)
        {
            output.Write("\"timestamp\":"u8);
            EventTime.WriteNumber(time, output);
            output.Write(","u8);
        }

        output.Write("\"message\":"u8);
        CanonicalJson.WriteString(outgoing.Head.Action, output);
        output.Write(",\"event\":"u8);
        outgoing.WriteValue(output);
        output.Write("}"u8);
    }

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
