using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.GraphQL;
using Sluice.GraphQL.Language;

namespace Sluice.Tests.GraphQL;

/// <summary>Random documents: some are valid by chance, some nearly so, most are rubbish.</summary>
public sealed class DocumentProperties
{
    private static readonly string[] Words =
    [
        "{", "}", "(", ")", "[", "]", "!", "$", ":", "=", "@", "...", "|", "&", "query", "mutation", "fragment", "on", "true", "null", "animal", "pets", "name", "id", "friends", "echo", "echoFilter", "int", "filter", "a", "Dog",
        "Animal", "Query", "Filter", "Int", "F", "G", "@include(if: true)", "@skip(if: $a)", "1", "-0.5e3", "\"text\"", "\"\\u00e9\"", "\"\"\"block\n  two\"\"\"", "#comment\n", ",", "\n", "\"", "\\", "é", "\ud83d", "0", "__typename", "__schema",
    ];

    private static readonly Gen<string> Rubbish = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words));

    private static readonly Gen<string> Value = Gen.Sized(size => ValueOf(Math.Min(3, size / 10)));

    private static readonly Gen<string> Selection = Gen.Sized(size => SelectionOf(Math.Min(4, 1 + size / 10)));

    private static readonly Gen<string> Document =
        from kind in Gen.Elements("query Q($a: Boolean = true, $f: Filter, $list: [Int!]! = [1, 2])", "query", "", "\"described\" mutation M", "subscription S", "query @skip(if: true)")
        from selection in Selection
        from fragments in Selection.Select(inside => $"fragment F on Animal {inside}").ListOf(2)
        select $"{kind} {selection} {string.Join(' ', fragments.Select((fragment, i) => i == 0 ? fragment : fragment.Replace("fragment F", "fragment G", StringComparison.Ordinal)))}";

    private static readonly Gen<string> Broken =
        from document in Document
        from at in Gen.Choose(0, 1_000)
        from length in Gen.Choose(0, 3)
        from word in Gen.Elements(Words)
        let start = at % (document.Length + 1)
        select document[..start] + word + document[Math.Min(document.Length, start + length)..];

    [Fact]
    public void No_document_makes_the_executor_throw() =>
        Prop.ForAll(Gen.OneOf(Rubbish, Document, Broken).ToArbitrary(), document =>
        {
            var result = Menagerie.ExecuteAsync(document, new Dictionary<string, object?> { ["a"] = true, ["f"] = new Dictionary<string, object?> { ["name"] = 1L } }).AsTask().GetAwaiter().GetResult();
            return result.WasExecuted || result.Errors.Count > 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void What_is_printed_is_read_as_the_same_again() =>
        Prop.ForAll(Document.ToArbitrary(), document =>
        {
            var printed = Printer.Print(Parser.Parse(document));
            return printed == Printer.Print(Parser.Parse(printed));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Any_text_survives_its_quotes() =>
        Prop.ForAll(Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(code => new Rune(code).ToString()).ListOf().Select(runes => string.Concat(runes)).ToArbitrary(), text =>
            Parser.ParseValue(Printer.Quoted(text)) is StringValue read && read.Text == text).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData('{', "a ")]
    [InlineData('[', "")]
    [InlineData('(', "")]
    public void Depth_ends_the_parser_and_not_the_process(char open, string before)
    {
        var text = new StringBuilder("query Q($x: ");
        for (var i = 0; i < 100_000; i++) text.Append(before).Append(open);

        Assert.Throws<SyntaxException>(() => Parser.Parse(text.ToString()));
        Assert.Throws<SyntaxException>(() => Parser.Parse($"{{ a(x: {text.ToString()[12..]}"));
        Assert.Throws<SyntaxException>(() => Parser.Parse(string.Concat(Enumerable.Repeat("{ a ", 100_000))));
    }

    [Fact]
    public async Task Fragments_that_double_are_refused_and_not_opened()
    {
        var fragments = string.Concat(Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Animal {{ a: friends {{ ...F{i + 1} }} b: friends {{ ...F{i + 1} }} }} "));
        var result = await Menagerie.ExecuteAsync($"{{ animal {{ ...F0 }} }} {fragments} fragment F60 on Animal {{ id }}");

        Assert.Contains(result.Errors, error => error.Message.Contains("which exceeds max complexity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Thousands_of_fields_of_one_name_are_not_compared_for_ever()
    {
        var result = await Menagerie.ExecuteAsync($"{{ {string.Concat(Enumerable.Repeat("version ", 1_200))} }}");

        Assert.Contains("too complex", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_has_so_many_fields_and_no_more()
    {
        var executor = new GraphQLExecutor(Menagerie.Schema, new GraphQLLimits { AnsweredFields = 100 });
        var result = await executor.ExecuteAsync(new GraphQLRequest("{ __schema { types { name fields { name } } } }"));

        Assert.False(result.WasExecuted);
        Assert.Contains("more than 100 fields", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\\u{1F600}\\uD83D\\uDE00\"", "a😀😀")]
    [InlineData("\"\"\"\n    one\n      two\n\n    three\n  \"\"\"", "one\n  two\n\nthree")]
    [InlineData("\"\"\"  \\\"\"\" \"\"\"", "  \"\"\" ")]
    [InlineData("\"\"\" \r\n\r\n  x\r  y \"\"\"", "x\ny ")]
    public void A_string_is_read(string literal, string text) => Assert.Equal(text, Assert.IsType<StringValue>(Parser.ParseValue(literal)).Text);

    private static Gen<string> ValueOf(int depth) => depth == 0
        ? Gen.Elements("1", "-5", "1.5", "\"x\"", "\"\"\"b\"\"\"", "true", "null", "SMALL", "$a", "$f", "[]", "{}")
        : Gen.OneOf(ValueOf(0), ValueOf(depth - 1).ListOf(2).Select(items => $"[{string.Join(", ", items)}]"), ValueOf(depth - 1).Select(inside => $"{{name: {inside}, json: {inside}}}"));

    private static Gen<string> SelectionOf(int depth) => FieldOf(depth).ListOf(3).Select(fields => $"{{ {string.Join(' ', fields)} }}");

    private static Gen<string> FieldOf(int depth) => depth == 0
        ? Gen.OneOf(Gen.Elements("id", "name", "version", "x: name", "barks", "__typename", "...F", "...G @include(if: $a)"), Value.Select(value => $"echo(json: {value}, int: {value})"))
        : Gen.OneOf(FieldOf(0), SelectionOf(depth - 1).Select(inside => $"animal {inside}"), SelectionOf(depth - 1).Select(inside => $"f: friends @skip(if: false) {inside}"), SelectionOf(depth - 1).Select(inside => $"... on Dog {inside}"));
}
