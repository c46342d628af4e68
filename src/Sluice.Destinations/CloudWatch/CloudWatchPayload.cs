using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Delivery;

namespace Sluice.Destinations.CloudWatch;

/// <summary>Bodies of the two calls that are made. The event, as it is spelled, is the text of its log event.</summary>
internal sealed class CloudWatchPayload(CloudWatchSettings settings)
{
    /// <summary>What a call may hold: each event counts with the bytes of its message and so many more.</summary>
    public const int LargestCall = 1_048_576, EventOverhead = 26;

    public const int MostEvents = 10_000;

    private readonly byte[] _names = Encoding.UTF8.GetBytes($"{{\"logGroupName\":{Text(settings.LogGroup)},\"logStreamName\":{Text(settings.LogStream)}");

    public static bool IsTooLarge(OutgoingEvent outgoing) => outgoing.Spelled.Length + EventOverhead > LargestCall;

    public void WriteEvents(EventBatch batch, ArraySegment<TimedEvent> events, IBufferWriter<byte> output)
    {
        output.Write(_names);
        var before = ",\"logEvents\":[{\"timestamp\":"u8;
        foreach (var one in events)
        {
            output.Write(before);
            EventTime.WriteNumber(one.Time, output);
            output.Write(",\"message\":"u8);
            batch[one.Index].WriteString(output);
            before = "},{\"timestamp\":"u8;
        }

        output.Write("}]}"u8);
    }

    public void WriteStream(IBufferWriter<byte> output)
    {
        output.Write(_names);
        output.Write("}"u8);
    }

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
