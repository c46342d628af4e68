namespace Sluice.EndToEnd.Hostile;

/// <summary>Paths with queries by chance: filters by their grammar, tokens that were given out, numbers at their ends.</summary>
internal sealed class RandomQuery(Random random)
{
    private static readonly string[] Fields =
    [
        "id", "action", "outcome", "actor.id", "actor.type", "actor.email", "resource.id", "resource.type", "timestamp", "persisted_at", "sequence", "tenant_id", "category", "service", "source_ip",
        "integrity_hash", "metadata.n", "metadata.\"a b\"", "api_call.http_status", "api_call.request.x.y", "nonsense", "actor",
    ];

    private static readonly string[] Operators = ["EQ", "NE", "GT", "GE", "LT", "LE", "PREFIX", "CONTAINS", "=", "!=", ">", ">=", "<", "<=", "eq", "IN"];

    private static readonly string[] Values =
    [
        "\"u1\"", "\"user\"", "\"success\"", "\"fuzz.7\"", "\"fuzz.\"", "7", "-1", "1.5", "true", "\"2026-03-15T08:42:17Z\"", "\"\"", "\"\\\"\"", "99999999999999999999", "\"_sluice\"", "\"ä\"",
    ];

    private static readonly string[] Numbers = ["0", "1", "100", "10000", "10001", "-1", "9223372036854775807", "9223372036854775808", "1e3", "", "x"];

    public string Filter(int depth = 0) => random.Next(depth > 3 ? 3 : 6) switch
    {
        < 3 => Term(),
        3 => $"NOT {Filter(depth + 1)}",
        4 => $"({Filter(depth + 1)})",
        _ => $"{Filter(depth + 1)} {(random.Next(2) == 0 ? "AND" : "OR")} {Filter(depth + 1)}",
    };

    /// <param name="token">A page token of an earlier answer, perhaps damaged since.</param>
    public string Path(string filter, string token, long size) => random.Next(14) switch
    {
        < 5 => $"/v1/audit/events?page_size={random.Next(1, 20)}&filter={Escaped(filter)}&order={(random.Next(2) == 0 ? "asc" : "desc")}",
        5 or 6 => $"/v1/audit/events?page_size={Number()}&page_token={Escaped(token)}",
        7 => $"/v1/audit/events/{Escaped(token.Length > 40 ? token[..40] : filter)}",
        8 => $"/v1/audit/events/{Escaped(filter)}/proof",
        9 => $"/v1/audit/export?after={Math.Max(0, size - random.Next(50))}&proofs={(random.Next(2) == 0 ? "true" : "false")}&filter={Escaped(filter)}",
        10 => $"/v1/audit/stats?group_by={Escaped(Fields[random.Next(Fields.Length)])}&interval={random.Next(60)}{"smhdx"[random.Next(5)]}&filter={Escaped(filter)}",
        11 => $"/v1/audit/consistency?from={Number()}&to={Number()}",
        12 => $"/tile/{random.Next(4)}/{Number()}{(random.Next(2) == 0 ? $".p/{random.Next(300)}" : "")}",
        _ => $"/v1/audit/checkpoints?page_size={Number()}&page_token={Number()}",
    };

    private string Term()
    {
        var (field, op) = (Fields[random.Next(Fields.Length)], Operators[random.Next(Operators.Length)]);
        return op == "IN" ? $"{field} IN ({string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Value()))})" : $"{field} {op} {Value()}";
    }

    private string Value() => Values[random.Next(Values.Length)];

    private string Number() => random.Next(3) == 0 ? Numbers[random.Next(Numbers.Length)] : $"{random.Next(2_000)}";

    /// <summary>Mostly as a client would escape it; sometimes not.</summary>
    private string Escaped(string text) => random.Next(12) == 0 ? text.Replace('\n', ' ').Replace('\0', '0') : Uri.EscapeDataString(text);
}
