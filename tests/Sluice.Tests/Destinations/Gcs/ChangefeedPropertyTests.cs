using FsCheck;
using FsCheck.Fluent;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Gcs.Changefeeds;

namespace Sluice.Tests.Destinations.Gcs;

public sealed class ChangefeedPropertyTests
{
    private static readonly string[] Parts =
    [
        "CREATE", "CHANGEFEED", "INTO", "'gs://bkt/x'", "'gs://bkt?CREDENTIALS=%'", "gs://", "WITH", "resolved", "=", "AS", "SELECT", "sequence", "payload", "*", ",", "CASE", "WHEN", "event_type", "IN",
        "(", ")", "'a'", "THEN", "ELSE", "NULL", "END", "FROM", "eventstore", ".", "events2", "WHERE", "NOT", "LIKE", "'a.%'", "OR", "AND", "<>", ";", "\"", "'", "--", "/*", "\n", " ", "ü", "\0", "?", "&", "AUTH=specified",
    ];

    private static readonly string[] Whole =
    [
        "CREATE", "CHANGEFEED", "INTO", "'gs://bkt/x?partition_format=flat'", "AS", "SELECT", "sequence", ",", "owner", ",", "CASE", "WHEN", "event_type", "IN", "(", "'a'", ",", "'b'", ")", "THEN", "payload", "END", "AS", "payload",
        "FROM", "eventstore", ".", "events2", "WHERE", "event_type", "=", "'c'", ";",
    ];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3_000);

    [Fact]
    public void Whatever_is_pasted_is_understood_or_refused_at_a_place_within_it() =>
        Prop.ForAll(Gen.Elements(Parts).ListOf().Select(parts => string.Join(' ', parts)).ToArbitrary(), IsUnderstoodOrRefusedWithin).Check(Many);

    [Fact]
    public void Any_characters_are_understood_or_refused_at_a_place_within_them() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => IsUnderstoodOrRefusedWithin(text ?? "")).Check(Many);

    [Fact]
    public void Blanks_comments_and_case_change_nothing()
    {
        var blank = Gen.Elements(" ", "\n", "\t", "\r\n", " -- x\n", "/* x */", "  ");
        Prop.ForAll(blank.ListOf(Whole.Length).ToArbitrary(), blanks =>
        {
            var text = string.Concat(Whole.Zip(blanks, (part, after) => (part.StartsWith('\'') ? part : part.ToLowerInvariant()) + after));
            var said = Changefeed.Parse(text).Statement;
            return said.Columns!.SequenceEqual(["sequence", "owner", "payload"]) && said.PayloadFor!.SequenceEqual(["a", "b"]) && said.EventTypes.SequenceEqual(["c"]);
        }).Check(Config.QuickThrowOnFailure);
    }

    /// <summary>Up to the wrong word all was right, so the fault is where that word stands, or where the one stands that could not follow.</summary>
    [Fact]
    public void A_wrong_word_is_found_where_it_stands()
    {
        Prop.ForAll(Gen.Choose(0, Whole.Length - 2).ToArbitrary(), index =>
        {
            var words = Whole.ToArray();
            words[index] = "§";
            var text = string.Join('\n', words);
            var refused = Assert.Throws<DefinitionException>(() => Changefeed.Parse(text));
            return refused.Line == index + 1 && refused.Column == 1;
        }).Check(Config.QuickThrowOnFailure);
    }

    /// <summary>A comma or a dot wants a name, and takes the word for one; a table's name in two parts is judged when no third one follows.</summary>
    [Fact]
    public void A_word_too_many_is_found_there_or_beside_it()
    {
        Prop.ForAll(Gen.Choose(0, Whole.Length).ToArbitrary(), index =>
        {
            var words = Whole.ToList();
            words.Insert(index, "zzz");
            var refused = Assert.Throws<DefinitionException>(() => Changefeed.Parse(string.Join('\n', words)));
            return refused.Line is { } line && Math.Abs(line - (index + 1)) <= 1;
        }).Check(Config.QuickThrowOnFailure);
    }

    private static bool IsUnderstoodOrRefusedWithin(string text)
    {
        try
        {
            _ = Changefeed.Parse(text);
            return true;
        }
        catch (DefinitionException refused)
        {
            var lines = text.Split('\n');
            return refused is { Code: "invalid_changefeed", Line: >= 1, Column: >= 1, Expected.Length: > 0 } && refused.Line <= lines.Length && refused.Column <= lines[refused.Line.Value - 1].Length + 1;
        }
    }
}
