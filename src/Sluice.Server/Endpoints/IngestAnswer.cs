using System.Text.Json;
using Sluice.Events;
using Sluice.Ingest;

namespace Sluice.Server.Endpoints;

/// <summary>The answer to an ingest request: what became of its events, in the contract's words.</summary>
internal static class IngestAnswer
{
    private static readonly JsonWriterOptions Plainly = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, ParsedRequest request, BodyBuffer body)
    {
        var conflicts = Conflicts(request, body);
        request.Rejected.AddRange(conflicts);
        request.Rejected.Sort((a, b) => a.Index.CompareTo(b.Index));
        var allRefused = request.Rejected.Count == request.Count;
        var status = !allRefused ? 200 : request.IsSingle ? StatusOf(request.Rejected[0].Code) : 400;
        context.Response.StatusCode = status;
        context.Response.ContentType = allRefused ? "application/problem+json" : "application/json";
        var withResults = request.IsSingle || context.Request.Query["results"] == "true";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Plainly);
        json.WriteStartObject();
        if (allRefused) Problem(json, request, status, context.TraceIdentifier);
        Counts(json, request);
        if (withResults) Results(json, request);
        json.WriteEndObject();
    }

    /// <summary>A single event's refusal as a status; in a batch every refusal is a 400.</summary>
    private static int StatusOf(string code) => code switch
    {
        RefusalCode.Conflict => 409,
        RefusalCode.TooLarge => 413,
        RefusalCode.ForbiddenTenant => 403,
        _ => 400,
    };

    private static List<RejectedEvent> Conflicts(ParsedRequest request, BodyBuffer body)
    {
        var conflicts = new List<RejectedEvent>();
        foreach (ref var accepted in request.Accepted.Events)
        {
            if (accepted.Verdict != AppendVerdict.Conflict) continue;
            var (line, column) = TextPlace.Of(body.Written, accepted.Offset);
            conflicts.Add(new RejectedEvent(
                accepted.Index, line, column, IdOf(request, accepted), RefusalCode.Conflict, "id", $"Another event with this id is stored at sequence {accepted.Sequence}."));
        }

        return conflicts;
    }

    private static string IdOf(ParsedRequest request, in AcceptedEvent accepted) => System.Text.Encoding.ASCII.GetString(BodyMembers.Id(request.Accepted.Body(accepted)));

    private static void Problem(Utf8JsonWriter json, ParsedRequest request, int status, string requestId)
    {
        var first = request.Rejected[0];
        json.WriteString("type", "about:blank");
        json.WriteString("title", request.IsSingle ? "The event was refused." : "Every event was refused.");
        json.WriteNumber("status", status);
        json.WriteString("code", request.IsSingle ? first.Code : "all_rejected");
        json.WriteString("detail", request.IsSingle ? first.Message : "'rejected' names each event with its place and reason. Nothing was stored.");
        json.WriteString("request_id", requestId);
        if (!request.IsSingle) return;
        json.WriteString("field", first.Field);
        json.WriteNumber("line", first.Line);
        json.WriteNumber("column", first.Column);
    }

    private static void Counts(Utf8JsonWriter json, ParsedRequest request)
    {
        var (stored, duplicates, low, high) = (0, 0, long.MaxValue, -1L);
        foreach (ref var accepted in request.Accepted.Events)
        {
            if (accepted.Verdict == AppendVerdict.Duplicate) duplicates++;
            if (accepted.Verdict != AppendVerdict.Stored) continue;
            stored++;
            (low, high) = (Math.Min(low, accepted.Sequence), Math.Max(high, accepted.Sequence));
        }

        json.WriteNumber("accepted", stored);
        json.WriteNumber("duplicates", duplicates);
        json.WriteStartArray("rejected");
        foreach (var rejected in request.Rejected) Rejected(json, rejected);
        json.WriteEndArray();
        Sequence(json, "first_sequence", stored > 0 ? low : null);
        Sequence(json, "last_sequence", stored > 0 ? high : null);
    }

    private static void Rejected(Utf8JsonWriter json, RejectedEvent rejected)
    {
        json.WriteStartObject();
        json.WriteNumber("index", rejected.Index);
        json.WriteNumber("line", rejected.Line);
        json.WriteNumber("column", rejected.Column);
        json.WriteString("id", rejected.Id);
        json.WriteString("code", rejected.Code);
        json.WriteString("field", rejected.Field);
        json.WriteString("message", rejected.Message);
        json.WriteEndObject();
    }

    private static void Results(Utf8JsonWriter json, ParsedRequest request)
    {
        json.WriteStartArray("results");
        var (accepted, rejected) = (0, 0);
        for (var index = 0; index < request.Count; index++)
        {
            if (rejected < request.Rejected.Count && request.Rejected[rejected].Index == index)
            {
                Result(json, index, request.Rejected[rejected++].Id, null, "rejected");
                if (accepted < request.Accepted.Count && request.Accepted[accepted].Index == index) accepted++;
                continue;
            }

            ref var stored = ref request.Accepted[accepted++];
            Result(json, index, IdOf(request, stored), stored.Sequence, stored.Verdict == AppendVerdict.Duplicate ? "duplicate" : "accepted");
        }

        json.WriteEndArray();
    }

    private static void Result(Utf8JsonWriter json, int index, string? id, long? sequence, string status)
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("id", id);
        Sequence(json, "sequence", sequence);
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    private static void Sequence(Utf8JsonWriter json, string name, long? sequence)
    {
        if (sequence is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
