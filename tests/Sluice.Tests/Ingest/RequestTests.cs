using System.Text;
using Sluice.Events;
using Sluice.Ingest;

namespace Sluice.Tests.Ingest;

/// <summary>A request's body: one object, an array, lines; what spoils all of it and what spoils one event.</summary>
public sealed class RequestTests
{
    [Fact]
    public void A_bad_line_never_spoils_its_neighbours_and_is_named_with_line_and_column()
    {
        var lines = Enumerable.Range(0, 1000).Select(i => Some.EventWithId($"e{i}")).ToArray();
        lines[699] = lines[699].Insert(10, "\u0001");

        using var request = Some.Parse(string.Join('\n', lines), lines: true);

        var rejected = Assert.Single(request.Rejected);
        Assert.Equal((699, 700, 11, "invalid_json"), (rejected.Index, rejected.Line, rejected.Column, rejected.Code));
        Assert.Equal(999, request.Accepted.Count);
        Assert.Equal(1000, request.Count);
    }

    [Fact]
    public void A_byte_that_is_not_utf8_spoils_its_line_only()
    {
        var body = Encoding.UTF8.GetBytes(Some.Event + "\n" + Some.Event + "\n");
        body[Some.Event.Length + 1 + 12] = 0xff;
        using var parser = new RequestParser(TimeProvider.System);

        using var request = parser.Parse(body, lines: true, new EventScope(null));

        Assert.Equal((1, 2, 13), (request.Rejected[0].Index, request.Rejected[0].Line, request.Rejected[0].Column));
        Assert.Equal(1, request.Accepted.Count);
    }

    [Fact]
    public void A_bad_element_never_spoils_its_neighbours()
    {
        var deep = $"{{\"metadata\":{new string('[', 5000)}{new string(']', 5000)}}}";
        using var request = Some.Parse($"[\n{Some.EventWithId("a")},\n{{\"id\":\"evt_x\",\"nope\":{{\"id\":[1]}}}},7,[[]],{deep},{Some.EventWithId("b")}]");

        Assert.Null(request.Refusal);
        Assert.Equal(["unknown_field", "invalid_type", "invalid_type", "invalid_type"], request.Rejected.Select(r => r.Code));
        Assert.Equal(("evt_x", 3), (request.Rejected[0].Id, request.Rejected[0].Line));
        Assert.Equal(2, request.Accepted.Count);
        Assert.Equal((0, 5), (request.Accepted[0].Index, request.Accepted[1].Index));
    }

    [Theory]
    [InlineData("[{\"a\":1},", 1, 9)]
    [InlineData("[\n{\"a\" 1}]", 2, 6)]
    [InlineData("[] x", 1, 4)]
    public void A_broken_array_is_refused_whole_with_its_place(string body, int line, int column)
    {
        using var request = Some.Parse(body);

        Assert.Equal(("invalid_json", line, column), (request.Refusal!.Code, request.Refusal.Line, request.Refusal.Column));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("  \n", false)]
    [InlineData("[]", false)]
    [InlineData("\n \r\n\n", true)]
    public void A_request_without_events_says_so(string body, bool lines)
    {
        using var request = Some.Parse(body, lines);

        Assert.Equal("empty", request.Refusal!.Code);
    }

    [Fact]
    public void Lines_may_end_with_carriage_returns_and_be_blank()
    {
        using var request = Some.Parse($"\uFEFF{Some.Event}\r\n\r\n{Some.Event}", lines: true);

        Assert.Equal(2, request.Accepted.Count);
        Assert.Empty(request.Rejected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_thousand_events_are_taken_and_one_more_is_too_many(bool lines)
    {
        string Body(int count) => lines ? string.Join('\n', Enumerable.Repeat(Some.Event, count)) : $"[{string.Join(',', Enumerable.Repeat(Some.Event, count))}]";

        using var fits = Some.Parse(Body(10_000), lines);
        using var tooMany = Some.Parse(Body(10_001), lines);

        Assert.Equal(10_000, fits.Accepted.Count);
        Assert.Equal("request_too_large", tooMany.Refusal!.Code);
    }

    [Fact]
    public void Two_objects_where_one_is_expected_are_not_half_taken()
    {
        using var request = Some.Parse(Some.Event + Some.Event);

        Assert.Equal("invalid_json", Assert.Single(request.Rejected).Code);
        Assert.Equal(0, request.Accepted.Count);
    }

    [Fact]
    public void A_tenant_key_fills_in_its_tenant_and_refuses_others()
    {
        using var request = Some.Parse($"{Some.Event}\n{Some.EventWithId("a", "acme")}\n{Some.EventWithId("b", "other")}", lines: true, tenant: "acme");

        Assert.Equal(2, request.Accepted.Count);
        Assert.Equal("forbidden_tenant", Assert.Single(request.Rejected).Code);
    }
}
