namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>Reads the columns between SELECT and FROM, and of which types the payload is among them.</summary>
internal sealed class SelectListParser(TokenReader tokens)
{
    private readonly List<string> _columns = [];
    private IReadOnlyList<string> _payloadFor = [];

    public (IReadOnlyList<string> Columns, IReadOnlyList<string> PayloadFor) Parse()
    {
        do ParseItem();
        while (tokens.TryTake(","));
        if (!tokens.Current.Is("FROM")) throw NoComma();
        return (_columns, _payloadFor);
    }

    private void ParseItem()
    {
        var at = tokens.Current;
        if (tokens.TryTake("CASE")) ParsePayloadOfSome(at);
        else ParseColumn(at);
    }

    private void ParseColumn(Token at)
    {
        if (at.Is("*")) throw tokens.Error(at, $"Name the columns: {string.Join(", ", RowSelection.Usual)}.", "a column");
        var name = tokens.TakeName("a column").Text.ToLowerInvariant();
        if (!RowSelection.Known.Contains(name)) throw tokens.Error(at, $"There is no column {Shown(name)}. Known: {string.Join(", ", RowSelection.Known)}.", "a column");
        if (name == RowSelection.Payload) _payloadFor = [RowSelection.AllTypes];
        Add(at, name);
        ParseAlias(name);
    }

    /// <summary><c>CASE WHEN event_type IN ('…') THEN payload [WHEN …] [ELSE NULL] END AS payload</c>.</summary>
    private void ParsePayloadOfSome(Token at)
    {
        var types = new List<string>();
        tokens.Take("WHEN");
        do
        {
            types.AddRange(TypeConditionParser.ParseAny(tokens));
            tokens.Take("THEN");
            tokens.Take(RowSelection.Payload);
        }
        while (tokens.TryTake("WHEN"));
        if (tokens.TryTake("ELSE")) tokens.Take("NULL");
        tokens.Take("END");
        if (!tokens.Current.Is("AS")) throw tokens.Unexpected("AS payload");
        _payloadFor = [.. types.Distinct()];
        Add(at, RowSelection.Payload);
        ParseAlias(RowSelection.Payload);
    }

    private void ParseAlias(string name)
    {
        if (!tokens.TryTake("AS")) return;
        var alias = tokens.TakeName(name);
        if (alias.Text != name) throw tokens.Error(alias, "Columns keep their names.", name);
    }

    private void Add(Token at, string name)
    {
        if (_columns.Contains(name)) throw tokens.Error(at, $"{name} is there twice.", "each column once");
        _columns.Add(name);
    }

    private Sluice.Delivery.Definitions.DefinitionException NoComma()
    {
        var next = tokens.Current;
        var isItem = next.Is("CASE") || (next.Kind != TokenKind.End && RowSelection.Known.Contains(next.Text.ToLowerInvariant()));
        return isItem
            ? tokens.Error(next, $"A comma is missing before {next.Text}: write \"{tokens.Previous.Text}, {next.Text}\".", ",")
            : tokens.Unexpected(", or FROM");
    }

    private static string Shown(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
