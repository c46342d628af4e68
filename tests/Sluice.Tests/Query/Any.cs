using FsCheck;
using FsCheck.Fluent;
using Sluice.Tests.Query.Filters;

namespace Sluice.Tests.Query;

/// <summary>Random events and filters that have a fair chance to meet.</summary>
internal static class Any
{
    private static readonly string[] Words = ["a", "b", "ab", "Ä", "é\\n", "\\uD834\\uDD1E", "", "\\uFF5E"];
    private static readonly string[] Operators = ["EQ", "NE", "GT", "GE", "LT", "LE", "IN"];
    private static readonly string[] TextFields = ["id", "tenant_id", "action", "outcome", "actor.id", "actor.type", "resource.id", "request_id", "source_ip"];
    private static readonly string[] FreeFields = ["metadata.x", "metadata.y.z", "metadata.list", "metadata.list.k"];

    public static Gen<string> Tenant { get; } = Gen.Elements("t1", "t2", "t3");

    private static Gen<string> Word { get; } = Gen.Elements(Words).Select(word => $"\"{word}\"");

    private static Gen<string> Scalar { get; } = Gen.OneOf(Word, Gen.Elements("1", "2", "1.5", "true", "false", "null", "\"1\"", "\"2.0\"", "{}"));

    private static Gen<string> Free { get; } = Gen.OneOf(
        Scalar,
        Scalar.Select(value => $"{{\"z\":{value}}}"),
        Scalar.Select(value => $"{{\"k\":{value}}}"),
        Gen.OneOf(Scalar, Scalar.Select(value => $"{{\"k\":{value}}}")).ArrayOf(2).Select(items => $"[{string.Join(',', items)}]"),
        Gen.Constant("[]"));

    public static Gen<string> Body { get; } =
        from number in Gen.Choose(0, 1_000_000)
        from second in Gen.Choose(0, 5)
        from tenant in Tenant
        from action in Gen.Elements("a.b", "a.c", "b")
        from outcome in Gen.Elements("success", "failure")
        from actor in Word
        from resource in Optional("\"resource\":{{\"type\":\"r\",\"id\":{0}}},", Word)
        from address in Optional("\"source_ip\":{0},", Word)
        from request in Optional("\"request_id\":{0},", Word)
        from call in Optional("\"api_call\":{{\"ended_at\":{0},\"method\":\"GET\"}},", Gen.Choose(0, 9).Select(second => $"\"2026-03-15T08:42:1{second}.500000000Z\""))
        from x in Free
        from y in Free
        from list in Free
        select $"{{\"id\":\"e{number}\",\"timestamp\":\"2026-03-15T08:42:1{second}.000000000Z\",\"tenant_id\":\"{tenant}\",\"category\":\"c\",\"action\":\"{action}\",\"outcome\":\"{outcome}\","
            + $"\"actor\":{{\"type\":\"user\",\"id\":{actor}}},{resource}{address}{request}{call}\"metadata\":{{\"x\":{x},\"y\":{y},\"list\":{list}}},\"salt\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}";

    public static Gen<NaiveFilter> Filter { get; } = Gen.Sized(size => OfDepth(Math.Min(4, size / 10 + 1)));

    private static Gen<NaiveFilter> OfDepth(int depth) => depth == 0
        ? Term
        : Gen.Frequency(
            (2, Term),
            (1, OfDepth(depth - 1).Select(NaiveFilter (inner) => new NaiveFilter.Not(inner))),
            (2, OfDepth(depth - 1).Two().Select(NaiveFilter (pair) => new NaiveFilter.Both(pair.Item1, pair.Item2))),
            (2, OfDepth(depth - 1).Two().Select(NaiveFilter (pair) => new NaiveFilter.Either(pair.Item1, pair.Item2))));

    private static Gen<NaiveFilter> Term { get; } = Gen.Frequency(
        (4, Of(Gen.Elements(TextFields), Operators, Gen.OneOf(Word, Tenant.Select(Quoted), Gen.Elements("\"a.b\"", "\"success\"", "\"user\"")))),
        (1, Of(Gen.Elements(TextFields.Concat(FreeFields).ToArray()), ["PREFIX", "CONTAINS"], Word)),
        (2, Of(Gen.Constant("timestamp"), Operators, Gen.Choose(0, 5).Select(second => $"\"2026-03-15T10:42:1{second}+02:00\""))),
        (1, Of(Gen.Constant("sequence"), Operators, Gen.Choose(0, 60).Select(number => number % 2 == 0 ? $"{number}" : $"\"{number}.0\""))),
        (1, Of(Gen.Constant("persisted_at"), Operators, Gen.Choose(0, 60).Select(later => $"\"2026-03-15T08:42:17.01000{later / 10}Z\""))),
        (4, Of(Gen.Elements(FreeFields), Operators, Gen.OneOf(Word, Gen.Elements("1", "1.5", "\"1\"", "\"2\"", "\"1e0\"")))),
        (1, Of(Gen.Elements(FreeFields), ["EQ", "NE", "IN"], Gen.Elements("true", "false"))));

    private static Gen<NaiveFilter> Of(Gen<string> field, string[] operators, Gen<string> value) =>
        from name in field
        from op in Gen.Elements(operators)
        from count in Gen.Choose(1, 3)
        from values in value.ArrayOf(op == "IN" ? count : 1)
        select (NaiveFilter)new NaiveFilter.Term(name, op, values);

    private static Gen<string> Optional(string format, Gen<string> value) =>
        Gen.OneOf(Gen.Constant(""), value.Select(text => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, text)));

    private static string Quoted(string text) => $"\"{text}\"";
}
