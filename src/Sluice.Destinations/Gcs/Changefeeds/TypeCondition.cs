namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Which types a condition on <c>event_type</c> names.</summary>
/// <param name="IsNot">All but these.</param>
internal readonly record struct TypeCondition(IReadOnlyList<string> Types, bool IsNot);

/// <summary>Reads <c>event_type = 'a'</c>, <c>IN ('a', 'b')</c>, <c>LIKE 'a.%'</c> and their opposites.</summary>
internal static class TypeConditionParser
{
    private const string Column = "event_type", Test = "=, IN, LIKE, <>, NOT IN or NOT LIKE";

    public static TypeCondition Parse(TokenReader tokens)
    {
        var column = tokens.TakeName(Column);
        if (!column.Text.Equals(Column, StringComparison.OrdinalIgnoreCase)) throw tokens.Error(column, "Only event_type can be compared. For more, set the destination's filter.", Column);
        if (tokens.TryTake("=")) return new TypeCondition([Type(tokens)], false);
        if (tokens.TryTake("<>") || tokens.TryTake("!=")) return new TypeCondition([Type(tokens)], true);
        var isNot = tokens.TryTake("NOT");
        if (tokens.TryTake("IN")) return new TypeCondition(List(tokens), isNot);
        if (tokens.TryTake("LIKE")) return new TypeCondition([Pattern(tokens)], isNot);
        throw tokens.Unexpected(isNot ? "IN or LIKE" : Test);
    }

    /// <summary>Several, with OR between them.</summary>
    public static IReadOnlyList<string> ParseAny(TokenReader tokens)
    {
        var types = new List<string>();
        do
        {
            var at = tokens.Current;
            var condition = Parse(tokens);
            if (condition.IsNot) throw tokens.Error(at, "Here types are named, not left out.", "=, IN or LIKE");
            types.AddRange(condition.Types);
        }
        while (tokens.TryTake("OR"));
        return [.. types.Distinct()];
    }

    private static List<string> List(TokenReader tokens)
    {
        var types = new List<string>();
        tokens.Take("(");
        do types.Add(Type(tokens));
        while (tokens.TryTake(","));
        if (!tokens.TryTake(")")) throw tokens.Unexpected(", or )");
        return types;
    }

    private static string Type(TokenReader tokens)
    {
        var token = tokens.TakeString("an event type in single quotes");
        var type = Unquoted(token);
        if (type.Length is 0 or > 256 || type.Any(char.IsControl)) throw tokens.Error(token, "An event type has 1 to 256 characters.", "an event type in single quotes");
        // In SQL this would be the asterisk itself; in Sluice's lists it would stand for everything below.
        return type.Contains('*') ? throw tokens.Error(token, "An asterisk stands for nothing in SQL.", "LIKE 'user.%'") : type;
    }

    private static string Pattern(TokenReader tokens)
    {
        var token = tokens.TakeString("a pattern such as 'user.%'");
        var pattern = Unquoted(token);
        var isBelow = pattern.Length is > 2 and <= 256 && pattern.EndsWith(".%", StringComparison.Ordinal) && pattern[..^2].IndexOfAny(['%', '*', '\\']) < 0 && !pattern.Any(char.IsControl);
        return isBelow ? $"{pattern[..^2]}.*" : throw tokens.Error(token, "Patterns are words with .% at the end.", "a pattern such as 'user.%'");
    }

    private static string Unquoted(Token token) => token.Text.Replace("''", "'", StringComparison.Ordinal);
}
