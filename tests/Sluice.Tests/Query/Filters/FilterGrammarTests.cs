using Sluice.Query.Filters;

namespace Sluice.Tests.Query.Filters;

public sealed class FilterGrammarTests
{
    [Theory]
    [InlineData("action EQ \"a\"")]
    [InlineData("action eq \"a\" and outcome Ne \"b\" oR not id = \"c\"")]
    [InlineData("action=\"a\"AND(outcome!=\"b\")")]
    [InlineData("sequence>=1 AND sequence<9 AND sequence <= \"7\" AND sequence > 0")]
    [InlineData("action IN (\"a\", \"b\",\"c\")")]
    [InlineData("action PREFIX \"certificate.\" OR metadata.note contains \"x\"")]
    [InlineData("metadata.\"a b\".c = true")]
    [InlineData("metadata.in = -1.5e3")]
    [InlineData("metadata.and.or.not EQ FALSE")]
    [InlineData("\"action\" EQ \"\\\"\\\\\"")]
    [InlineData("NOT (NOT (action = \"a\"))")]
    [InlineData("\tactor . id\nEQ\r\"a\" ")]
    [InlineData("api_call.http_status GE 500")]
    [InlineData("api_call.request.a.b = 1 OR api_call.response = \"x\"")]
    [InlineData("actor.department = \"x\" AND resource.owner.id = 4")]
    [InlineData("timestamp GE \"2026-03-15T08:42:17+02:00\"")]
    [InlineData("persisted_at LT \"2026-03-15T08:42:17.123456789Z\"")]
    public void These_are_filters(string text)
    {
        Assert.True(EventFilter.TryParse(text, out var filter, out var problem), problem?.Message);
        Assert.Equal(text, filter.Text);
    }

    [Theory]
    [InlineData("", 1, "a field, NOT or (")]
    [InlineData("   ", 4, "a field, NOT or (")]
    [InlineData("action", 7, "EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS")]
    [InlineData("action LIKE \"a\"", 8, "EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS")]
    [InlineData("action EQ", 10, "a quoted text, a number, true or false")]
    [InlineData("action EQ a", 11, "a quoted text, a number, true or false")]
    [InlineData("action EQ 'a'", 11, "a word of the filter language")]
    [InlineData("action EQ \"a", 13, "\"")]
    [InlineData("action EQ \"\\n\"", 12, "\\\" or \\\\")]
    [InlineData("action EQ \"a\" outcome", 15, "AND, OR or the end")]
    [InlineData("action EQ \"a\" AND", 18, "a field, NOT or (")]
    [InlineData("action EQ \"a\" AND OR", 19, "a field, NOT or (")]
    [InlineData("NOT NOT action EQ \"a\"", 5, "a field or (")]
    [InlineData("(action EQ \"a\"", 15, "AND, OR or the ) for the ( in column 1")]
    [InlineData("action EQ \"a\")", 14, "AND, OR or the end")]
    [InlineData("()", 2, "a field, NOT or (")]
    [InlineData("action IN \"a\"", 11, "(")]
    [InlineData("action IN ()", 12, "a quoted text, a number, true or false")]
    [InlineData("action IN (\"a\" \"b\")", 16, ", or )")]
    [InlineData("actor. EQ \"a\"", 11, "EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS")]
    [InlineData("actor.", 7, "a name after the dot")]
    [InlineData("sequence = - 1", 12, "a number")]
    [InlineData("sequence = \"x\"", 12, "a number")]
    [InlineData("api_call.http_status = true", 24, "a number")]
    [InlineData("timestamp > \"yesterday\"", 13, "a time such as \"2026-03-15T08:42:17Z\"")]
    [InlineData("timestamp PREFIX \"2026\"", 11, "EQ, NE, GT, GE, LT, LE or IN")]
    [InlineData("metadata.on > true", 15, "a quoted text or a number")]
    [InlineData("\"ключ\" = \"\" AND 𝄞", 1, null)]
    [InlineData("action = \"𝄞\" AND ;", 18, "a word of the filter language")]
    public void A_fault_is_named_with_its_column_and_what_was_expected(string text, int column, string? expected)
    {
        Assert.False(EventFilter.TryParse(text, out _, out var problem));
        Assert.Equal(column, problem.Column);
        if (expected is not null) Assert.Equal(expected, problem.Expected);
    }

    [Theory]
    [InlineData("actionn = \"a\"")]
    [InlineData("Action = \"a\"")]
    [InlineData("action.id = \"a\"")]
    [InlineData("metadata = \"a\"")]
    [InlineData("actor = \"a\"")]
    [InlineData("api_call = \"a\"")]
    [InlineData("api_call.status = 1")]
    [InlineData("\"actor.id\" = \"a\"")]
    public void Unknown_fields_are_refused(string text)
    {
        Assert.False(EventFilter.TryParse(text, out _, out var problem));
        Assert.Equal(1, problem.Column);
    }

    [Fact]
    public void Two_thousand_parentheses_are_a_filter_like_any_other()
    {
        var text = $"{new string('(', 2000)}action=\"certificate.issue\"{new string(')', 2000)}";

        Assert.True(EventFilter.TryParse(text, out var filter, out _));
        Assert.True(filter.Matches(Stored.With("")));
    }

    [Fact]
    public void A_thousand_nested_negations_do_no_harm()
    {
        var open = string.Concat(Enumerable.Repeat("NOT(", 801));

        Assert.True(EventFilter.TryParse($"{open}action=\"x\"{new string(')', 801)}", out var filter, out _));
        Assert.True(filter.Matches(Stored.With("")));
    }

    [Fact]
    public void Open_parentheses_without_end_are_refused()
    {
        Assert.False(EventFilter.TryParse(new string('(', 4096), out _, out var problem));
        Assert.Equal(4097, problem.Column);
    }

    [Fact]
    public void Sixty_four_terms_pass_and_the_next_is_pointed_at()
    {
        var text = string.Join(" OR ", Enumerable.Repeat("action=\"a\"", 64));

        Assert.True(EventFilter.TryParse(text, out _, out _));
        Assert.False(EventFilter.TryParse(text + " OR id=\"b\"", out _, out var problem));
        Assert.Equal(text.Length + 5, problem.Column);
        Assert.Equal("at most 64 terms", problem.Expected);
    }

    [Fact]
    public void The_limit_counts_bytes_not_characters()
    {
        Assert.True(EventFilter.TryParse($"action=\"{new string('a', 4096 - 9)}\"", out _, out _));
        Assert.False(EventFilter.TryParse($"action=\"{new string('ä', 2048)}\"", out _, out var problem));
        Assert.Equal("at most 4096 bytes", problem.Expected);
    }

    [Theory]
    [InlineData("action='", "id")]
    [InlineData("a\"b\\c", "id")]
    public void A_quoted_text_is_data_whatever_it_holds(string value, string field)
    {
        Assert.True(EventFilter.TryParse($"{field} = {EventFilter.Quote(value)}", out var filter, out _));
        Assert.True(filter.Matches(Stored.Body($$"""{"id":{{System.Text.Json.JsonSerializer.Serialize(value)}}}""")));
    }
}
