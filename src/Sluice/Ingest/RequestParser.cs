using System.Text.Json;
using Sluice.Events;

namespace Sluice.Ingest;

/// <summary>Reads a request's body: one object, an array, or lines. A bad event never spoils its neighbours; a broken array is refused whole.</summary>
internal sealed class RequestParser(TimeProvider time) : IDisposable
{
    /// <summary>Depth is our own rule, judged per event; the reader itself takes any.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    private readonly EventParser _events = new(time);

    public ParsedRequest Parse(ReadOnlySpan<byte> body, bool lines, EventScope scope)
    {
        var request = new ParsedRequest(body.Length);
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        if (lines) Lines(body, start, scope, request);
        else Json(body, start, scope, request);
        if (request.Refusal is null && request.Count == 0) request.Refusal = new RequestRefusal("empty", "The request holds no event.");
        return request;
    }

    public void Dispose() => _events.Dispose();

    private static RequestRefusal TooMany { get; } =
        new("request_too_large", $"A request holds at most {EventLimits.EventsPerRequest:N0} events; send the rest in another one.");

    private void Lines(ReadOnlySpan<byte> body, int start, EventScope scope, ParsedRequest request)
    {
        var checkUtf8 = !System.Text.Unicode.Utf8.IsValid(body);
        for (var line = 1; start < body.Length; line++)
        {
            var end = body[start..].IndexOf((byte)'\n');
            var text = end < 0 ? body[start..] : body.Slice(start, end);
            if (text.TrimEnd((byte)'\r').ContainsAnyExcept((byte)' ', (byte)'\t'))
            {
                if (request.Count == EventLimits.EventsPerRequest)
                {
                    request.Refusal = TooMany;
                    return;
                }

                Line(text, line, start, checkUtf8, scope, request);
                request.Count++;
            }

            start += text.Length + 1;
        }
    }

    private void Line(ReadOnlySpan<byte> text, int line, int offset, bool checkUtf8, EventScope scope, ParsedRequest request)
    {
        var refusal = checkUtf8 && TextPlace.FirstInvalidUtf8(text) is >= 0 and var bad ? NotUtf8(bad) : OneEvent(text, offset, scope, request);
        if (refusal is not null) request.Rejected.Add(Rejection(request.Count, line, Math.Max(0, refusal.Offset) + 1, text, refusal));
    }

    private static Refusal NotUtf8(int offset) => new(RefusalCode.InvalidJson, null, "The text is not UTF-8 from this byte on.", offset);

    private Refusal? OneEvent(ReadOnlySpan<byte> text, int offset, EventScope scope, ParsedRequest request)
    {
        var before = request.Accepted.Count;
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            var refusal = _events.Parse(ref reader, scope, request.Accepted);
            if (refusal is not null) return refusal;
            reader.Read();
            Place(request, offset + FirstOf(text));
            return null;
        }
        catch (JsonException problem)
        {
            if (request.Accepted.Count > before) request.Accepted.RemoveLast();
            return new Refusal(RefusalCode.InvalidJson, null, Reason(problem), OffsetOf(text, problem));
        }
    }

    private void Json(ReadOnlySpan<byte> body, int start, EventScope scope, ParsedRequest request)
    {
        if (TextPlace.FirstInvalidUtf8(body) is >= 0 and var bad)
        {
            Refuse(request, body, bad, "The text is not UTF-8 from this byte on.");
            return;
        }

        var text = body[start..];
        if (!text.ContainsAnyExcept(" \t\r\n"u8)) return;
        if (text[FirstOf(text)] == '[') JsonArray(text, scope, request);
        else Single(text, scope, request);
    }

    private void Single(ReadOnlySpan<byte> text, EventScope scope, ParsedRequest request)
    {
        request.IsSingle = true;
        if (OneEvent(text, 0, scope, request) is { } refusal)
        {
            var (line, column) = TextPlace.Of(text, refusal.Offset);
            request.Rejected.Add(Rejection(0, line, column, text, refusal));
        }

        request.Count = 1;
    }

    private void JsonArray(ReadOnlySpan<byte> text, EventScope scope, ParsedRequest request)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (request.Count == EventLimits.EventsPerRequest)
                {
                    request.Refusal = TooMany;
                    return;
                }

                Element(ref reader, text, scope, request);
                request.Count++;
            }

            reader.Read();
        }
        catch (JsonException problem)
        {
            Refuse(request, text, OffsetOf(text, problem), Reason(problem));
        }
    }

    private void Element(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, EventScope scope, ParsedRequest request)
    {
        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var refusal = _events.Parse(ref reader, scope, request.Accepted);
        if (refusal is null)
        {
            Place(request, start);
            return;
        }

        if (!isObject) reader.Skip();
        while (isObject && !(reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == depth)) reader.Read();
        var (line, column) = TextPlace.Of(text, refusal.Offset < 0 ? start : refusal.Offset);
        request.Rejected.Add(Rejection(request.Count, line, column, text[start..(int)reader.BytesConsumed], refusal));
    }

    private static void Place(ParsedRequest request, int offset)
    {
        ref var added = ref request.Accepted[request.Accepted.Count - 1];
        (added.Index, added.Offset) = (request.Count, offset);
    }

    private static void Refuse(ParsedRequest request, ReadOnlySpan<byte> text, int offset, string reason)
    {
        var (line, column) = TextPlace.Of(text, offset);
        request.Refusal = new RequestRefusal(RefusalCode.InvalidJson, reason, line, column);
    }

    private static RejectedEvent Rejection(int index, int line, int column, ReadOnlySpan<byte> text, Refusal refusal) =>
        new(index, line, column, IdOf(text), refusal.Code, refusal.Field, refusal.Message);

    /// <summary>The id that a refused event names, so that its sender can find it; null when that cannot be read.</summary>
    private static string? IdOf(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId) return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= EventLimits.IdBytes ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    private static int FirstOf(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(" \t\r\n"u8);

    private static int OffsetOf(ReadOnlySpan<byte> text, JsonException problem)
    {
        var start = 0;
        for (var line = problem.LineNumber ?? 0; line > 0; line--) start += text[start..].IndexOf((byte)'\n') + 1;
        return start + (int)(problem.BytePositionInLine ?? 0);
    }

    /// <summary>The reader's message, without its own way of naming the place.</summary>
    private static string Reason(JsonException problem)
    {
        var end = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? problem.Message : problem.Message[..end];
    }
}
