using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Sluice.Tests.Profiles;

/// <summary>Random events that are accepted, with texts that break formats.</summary>
internal static class SomeEvents
{
    public static Gen<string> Any() =>
        from members in Gen.Shuffle(Optional.Keys.ToArray())
        from count in Gen.Choose(0, Optional.Count)
        from values in Gen.CollectToList(members.Take(count), name => Optional[name])
        from outcome in Gen.Elements("success", "failure", "denied")
        from action in Gen.Elements("user.login", "session.expire", "certificate.issue", "iam.delete_user", "a|b=c.d", "x", "größe.ändern")
        from actor in Object(("type", Gen.Elements("\"user\"", "\"machine\"", "\"system\"", "\"robot\"")), ("id", Text(1)))
        from more in Gen.Elements("name", "email", "team").ArrayOf(1).Zip(Text(0))
        from nanoseconds in Gen.Choose(0, 999_999_999)
        select $$"""{"id":"evt_1","timestamp":"2026-03-15T08:42:17.{{nanoseconds:D9}}Z","tenant_id":"acme","action":{{JsonSerializer.Serialize(action)}},"outcome":"{{outcome}}","actor":{{{actor[1..^1]}},"{{more.Item1[0]}}":{{more.Item2}}}{{string.Concat(members.Take(count).Zip(values, (name, value) => $",\"{name}\":{value}"))}}}""";

    private static readonly Dictionary<string, Gen<string>> Optional = new()
    {
        ["category"] = Text(1),
        ["service"] = Text(0),
        ["source_ip"] = Gen.OneOf(Text(0), Gen.Elements("\"203.0.113.42\"", "\"2001:db8::1\"", "\"::ffff:1.2.3.4\"", "\"1\"", "\"fe80::1%eth0\"", "\"010.0.0.1\"")),
        ["user_agent"] = Text(0),
        ["session_id"] = Text(0),
        ["api_key_id"] = Text(0),
        ["request_id"] = Text(0),
        ["resource"] = Gen.OneOf(Object(("type", Text(0)), ("id", Text(0))), Object(("name", Text(0))), Object(("type", Text(0))), Object(("id", Text(1)), ("region", Json(1)))),
        ["api_call"] = Gen.OneOf(
            Object(("endpoint", Text(0)), ("method", Text(0)), ("url", Text(0))),
            Object(("grpc_code", Gen.Elements("\"OK\"", "\"NOT_FOUND\"", "\"Strange\"")), ("http_status", Gen.Choose(100, 599).Select(code => code.ToString(CultureInfo.InvariantCulture)))),
            Object(("request", Object(("a", Json(2)))), ("response", Object(("b", Json(1)))), ("error_reason", Text(0)), ("started_at", Gen.Constant("\"2026-03-15T08:42:17.001Z\"")))),
        ["metadata"] = Gen.OneOf(Object(("a", Json(3)), ("denied", Json(0))), Object(("é=|", Json(2)), ("personal", Json(2))), Gen.Constant("{}")),
    };

    private static Gen<string> Object(params (string Name, Gen<string> Value)[] members) =>
        Gen.CollectToList(members, member => member.Value).Select(values => $"{{{string.Join(',', members.Zip(values, (member, value) => $"\"{member.Name}\":{value}"))}}}");

    private static Gen<string> Text(int least) =>
        from length in Gen.Choose(least, 5)
        from parts in Gen.Elements("a", "b c", "\"", "\\", "\\n", "\u0001", "\n", "\r", "\t", "=", "|", " x=1", "é", "\u2028", "\u0085", "\u007f", "😀", "\U0010FFFF", "'", "</").ArrayOf(length)
        select JsonSerializer.Serialize(string.Concat(parts));

    private static Gen<string> Json(int depth)
    {
        var leaf = Gen.OneOf(Gen.Choose(-1000, 1000).Select(n => n.ToString(CultureInfo.InvariantCulture)), Gen.Elements("true", "false", "null", "1.50", "1e-7", "1E21", "\"365\""), Text(0));
        if (depth == 0) return leaf;
        var inner = Json(depth - 1);
        return Gen.OneOf(leaf, inner.ArrayOf(2).Select(items => $"[{string.Join(", ", items)}]"), inner.Two().Select(pair => $$"""{ "é" : {{pair.Item1}}, "a\n":{{pair.Item2}} }"""));
    }
}
