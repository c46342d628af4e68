using System.Text.Json;

namespace Sluice.Events;

/// <summary>Reads an event's times from its stored body.</summary>
internal static class BodyTimes
{
    /// <summary>When the call ended, else when the event happened. Nothing behind <c>api_call</c> is read.</summary>
    public static long EndedAt(ReadOnlySpan<byte> body)
    {
        _ = Timestamp.TryParse(BodyMembers.Time(body), out var time);
        // Most events tell of no call, and quotes inside of texts have a backslash.
        if (body.IndexOf(",\"api_call\":{"u8) < 0) return time;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = EventLimits.Depth + 1 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCall = reader.ValueTextEquals("api_call"u8);
            reader.Read();
            if (isCall) return InCall(ref reader) ?? time;
            reader.Skip();
        }

        return time;
    }

    /// <summary>Of the <c>api_call</c> that the reader stands on; the reader is at its end afterwards.</summary>
    public static long? InCall(ref Utf8JsonReader reader)
    {
        long? ended = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEnd = reader.ValueTextEquals("ended_at"u8);
            reader.Read();
            if (isEnd && Timestamp.TryParse(reader.ValueSpan, out var time)) ended = time;
            else reader.Skip();
        }

        return ended;
    }
}
