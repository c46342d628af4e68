using System.Buffers;
using System.Globalization;
using System.Text;
using Sluice.Delivery;
using Sluice.Events;

namespace Sluice.Destinations.Syslog;

/// <summary>
/// Events as RFC 5424 messages, each behind its length in bytes (octet counting, RFC 5425 and RFC 6587), so that nothing in an event can end its message.
/// </summary>
/// <param name="facility">0 to 23.</param>
/// <param name="host">HOSTNAME: where Sluice runs.</param>
/// <param name="process">PROCID.</param>
internal sealed class SyslogPayload(int facility, string host, string appName, string process)
{
    /// <summary>Bytes around each event, as a rule.</summary>
    public const int Overhead = 400;

    private const int LongestHost = 255;
    private const int LongestMessageId = 32;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create("\"\\]"u8);

    private readonly byte[] _afterTime = Encoding.ASCII.GetBytes($" {Name(host, LongestHost)} {appName} {process} ");

    public void Write(EventBatch batch, IBufferWriter<byte> output)
    {
        var message = new ArrayBufferWriter<byte>();
        for (var i = 0; i < batch.Count; i++)
        {
            message.ResetWrittenCount();
            WriteMessage(batch[i], message);
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{message.WrittenCount} ")));
            output.Write(message.WrittenSpan);
        }
    }

    private void WriteMessage(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        var head = outgoing.Head;
        var details = EventDetails.Of(outgoing.Stored.Body.Span);
        var severity = details.IsSuccess ? 6 : 4;   // informational, warning
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + severity}>1 ")));
        WriteTime(outgoing, output);
        output.Write(_afterTime);
        output.Write(Encoding.ASCII.GetBytes(Name(Encoding.UTF8.GetString(head.Action), LongestMessageId)));
        output.Write(" [sluice@32473"u8);
        WriteParameter(" id=\""u8, head.Id, output);
        WriteParameter(" tenant=\""u8, head.TenantId, output);
        WriteParameter(" outcome=\""u8, Encoding.UTF8.GetBytes(details.Outcome), output);
        WriteParameter(" actor=\""u8, Encoding.UTF8.GetBytes(details.ActorId), output);
        output.Write("] \uFEFF"u8);
        output.Write(outgoing.Spelled.Span);
    }

    /// <summary>RFC 5424 has room for microseconds; the event itself keeps its nanoseconds.</summary>
    private static void WriteTime(OutgoingEvent outgoing, IBufferWriter<byte> output)
    {
        const int milliseconds = 23, microseconds = 26;
        if (!Timestamp.TryParse(outgoing.Head.Timestamp, out var time)) time = outgoing.Stored.PersistedAt;
        Span<byte> text = stackalloc byte[Timestamp.Length];
        Timestamp.Write(time, text);
        var length = text[milliseconds..microseconds].SequenceEqual("000"u8) ? milliseconds : microseconds;
        text[length++] = (byte)'Z';
        output.Write(text[..length]);
    }

    /// <summary>Of the values of parameters, three characters are escaped. Control characters are allowed there, and trouble receivers: they become blanks.</summary>
    private static void WriteParameter(ReadOnlySpan<byte> start, ReadOnlySpan<byte> value, IBufferWriter<byte> output)
    {
        output.Write(start);
        foreach (var b in value)
        {
            if (Escaped.Contains(b)) output.Write("\\"u8);
            output.Write([b is < 32 or 127 ? (byte)' ' : b]);
        }

        output.Write("\""u8);
    }

    /// <summary>Header fields are printable ASCII of limited length; <c>-</c> stands for nothing.</summary>
    private static string Name(string text, int longest)
    {
        var name = string.Concat(text.Take(longest).Select(c => c is > ' ' and <= '~' ? c : '_'));
        return name.Length == 0 ? "-" : name;
    }
}
