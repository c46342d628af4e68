using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Events;
using Sluice.Query;
using Sluice.Storage;

namespace Sluice.Server.Endpoints;

/// <summary><c>GET /v1/audit/stats</c>: how many events match, in groups.</summary>
internal static class StatsEndpoint
{
    private const long Second = 1_000_000_000;
    private const long Day = 86_400 * Second;
    private const int MostDays = 366;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task HandleAsync(HttpContext context, LedgerDirectory ledgers)
    {
        var parameters = new QueryParameters(context.Request, "filter", "group_by", "interval", "utc_offset", "limit", "tenant_id", "source");
        var names = parameters.Text("group_by")?.Split(',') ?? [];
        var stats = new EventStats(FieldsOf(names), IntervalOf(parameters.Text("interval")), OffsetOf(parameters.Text("utc_offset")));
        var most = (int)(parameters.Number("limit", 1, EventStats.MaxGroups) ?? EventStats.MaxGroups);
        var query = (await QueryScope.OfAsync(context, ledgers, parameters.Text("filter"), parameters.Text("tenant_id"), parameters.Text("source"))).Query;
        var span = await query.NarrowAsync(new SequenceSpan(query.Ledger.First, query.Ledger.Size, true), context.RequestAborted);
        using var walk = new EventWalk(query, span);
        while (await walk.NextAsync(context.RequestAborted)) stats.Add(walk.Current);
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.Body, Writing);
        Write(writer, stats, names, most);
    }

    private static List<IReadOnlyList<string>> FieldsOf(string[] names)
    {
        if (names.Length > EventStats.MaxFields || names.Distinct().Count() < names.Length)
            throw QueryParameters.Invalid("group_by", $"takes at most {EventStats.MaxFields} different fields");
        var fields = new List<IReadOnlyList<string>>();
        foreach (var name in names)
            fields.Add(EventStats.TryParseField(name, out var path) ? path : throw QueryParameters.Invalid("group_by", $"has no field '{name}' to group by"));
        return fields;
    }

    private static long IntervalOf(string? text)
    {
        if (text is null) return 0;
        var unit = text[^1] switch { 's' => Second, 'm' => 60 * Second, 'h' => 3600 * Second, 'd' => Day, _ => 0 };
        return int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && unit > 0 && count > 0 && count <= MostDays * Day / unit
            ? count * unit
            : throw QueryParameters.Invalid("interval", $"must be a number and s, m, h or d, such as 15m, and at most {MostDays}d");
    }

    /// <summary>Such as <c>+05:30</c>.</summary>
    private static long OffsetOf(string? text)
    {
        if (text is null) return 0;
        return text[0] is '+' or '-' && TimeSpan.TryParseExact(text.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var ahead) && ahead <= TimeSpan.FromHours(14)
            ? (text[0] == '-' ? -1 : 1) * (long)ahead.TotalSeconds * Second
            : throw QueryParameters.Invalid("utc_offset", "must be a sign, hours and minutes, such as +05:30, and at most 14:00");
    }

    private static void Write(Utf8JsonWriter writer, EventStats stats, string[] names, int most)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("groups");
        var groups = stats.Groups.ToList();
        foreach (var group in groups.Take(most)) Write(writer, group, names);
        writer.WriteEndArray();
        writer.WriteNumber("total", stats.Total);
        writer.WriteBoolean("truncated", stats.Truncated || groups.Count > most);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, StatsGroup group, string[] names)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("key");
        for (var i = 0; i < names.Length; i++)
        {
            writer.WritePropertyName(names[i]);
            writer.WriteRawValue(group.Values[i], skipInputValidation: true);
        }

        writer.WriteEndObject();
        if (group.Start is { } start) writer.WriteString("start", Timestamp.Text(start));
        writer.WriteNumber("count", group.Count);
        writer.WriteEndObject();
    }
}
