using Sluice.Delivery.Definitions;

namespace Sluice.Destinations.Gcs.Changefeeds;

/// <summary>
/// Reads <c>CREATE CHANGEFEED INTO 'gs://…' [WITH …] AS SELECT … FROM eventstore.events2 [WHERE …]</c>, or the sink's URI alone.
/// What CockroachDB would take and Sluice cannot do is refused, never left out in silence. The statement that switches changefeeds on may stand before it,
/// as on ZITADEL's page: here they are on.
/// </summary>
internal sealed class ChangefeedParser
{
    private const string Table = "events2";

    private readonly SourceText _source;
    private readonly TokenReader _tokens;
    private bool _isCompressed;

    private ChangefeedParser(SourceText source) => (_source, _tokens) = (source, new TokenReader(source));

    /// <exception cref="DefinitionException">It cannot be understood; it says where, and what was expected.</exception>
    public static ChangefeedStatement Parse(string text)
    {
        var source = new SourceText(text);
        var (start, end) = (text.Length - text.AsSpan().TrimStart().Length, text.AsSpan().TrimEnd().Length);
        if (IsUri(text.AsSpan(start))) return new ChangefeedStatement(new SinkUriParser(source, start, end).Parse());
        return new ChangefeedParser(source).Parse();
    }

    private static bool IsUri(ReadOnlySpan<char> text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && !text[..scheme].ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    }

    private ChangefeedStatement Parse()
    {
        if (_tokens.TryTake("SET")) ParseClusterSetting();
        _tokens.Take("CREATE");
        _tokens.Take("CHANGEFEED");
        _tokens.Take("INTO");
        var sink = ParseSink();
        if (_tokens.TryTake("WITH")) ParseOptions();
        _tokens.Take("AS");
        _tokens.Take("SELECT");
        var (columns, payloadFor) = new SelectListParser(_tokens).Parse();
        _tokens.Take("FROM");
        ParseTable();
        var (types, exceptTypes) = _tokens.TryTake("WHERE") ? ParseWhere() : ([], []);
        _tokens.TryTake(";");
        if (_tokens.Current.Kind != TokenKind.End) throw _tokens.Unexpected("the end of the statement");
        return new ChangefeedStatement(sink) { Columns = columns, PayloadFor = payloadFor, EventTypes = types, ExceptEventTypes = exceptTypes, IsCompressed = _isCompressed };
    }

    private void ParseClusterSetting()
    {
        foreach (var word in new[] { "CLUSTER", "SETTING", "kv", ".", "rangefeed", ".", "enabled" }) _tokens.Take(word);
        if (!_tokens.TryTake("=")) _tokens.Take("TO");
        if (!_tokens.TryTake("on")) _tokens.Take("true");
        _tokens.Take(";");
    }

    private SinkUri ParseSink()
    {
        var uri = _tokens.TakeString("the sink's URI in single quotes");
        var start = uri.Start + 1;
        return new SinkUriParser(_source, start, start + uri.Text.Length).Parse();
    }

    private void ParseOptions()
    {
        do ParseOption();
        while (_tokens.TryTake(","));
    }

    private void ParseOption()
    {
        var name = _tokens.TakeName("an option");
        var value = _tokens.TryTake("=") ? TakeValue() : (Token?)null;
        switch (name.Text.ToLowerInvariant())
        {
            case "resolved":
                break;                                        // markers are always written
            case "format":
                Require(name, value, "json");
                break;
            case "envelope":
                Require(name, value, "bare");
                break;
            case "compression":
                Require(name, value, "gzip");
                _isCompressed = true;
                break;
            default:
                throw _tokens.Error(name, "Sluice has no such option. Where a stream begins is start_from.", "resolved, format, envelope or compression");
        }
    }

    private Token TakeValue() => _tokens.Current.Kind == TokenKind.String ? _tokens.TakeString("a value") : _tokens.TakeName("a value");

    private void Require(Token name, Token? value, string only)
    {
        if (value is not { } given || !given.Text.Equals(only, StringComparison.OrdinalIgnoreCase)) throw _tokens.Error(value ?? name, $"Sluice writes {name.Text.ToLowerInvariant()} = {only} only.", $"{name.Text.ToLowerInvariant()} = '{only}'");
    }

    private void ParseTable()
    {
        var table = _tokens.TakeName("eventstore.events2");
        while (_tokens.TryTake(".")) table = _tokens.TakeName(Table);
        if (!table.Text.Equals(Table, StringComparison.OrdinalIgnoreCase)) throw _tokens.Error(table, "Events are in one table.", "eventstore.events2");
    }

    private (IReadOnlyList<string> Types, IReadOnlyList<string> ExceptTypes) ParseWhere()
    {
        IReadOnlyList<string>? types = null, exceptTypes = null;
        do
        {
            var at = _tokens.Current;
            var condition = TypeConditionParser.Parse(_tokens);
            if ((condition.IsNot ? exceptTypes : types) is not null) throw _tokens.Error(at, "Name the types in one condition.", "event_type IN ('…', '…')");
            if (condition.IsNot) exceptTypes = [.. condition.Types.Distinct()];
            else types = _tokens.TryTake("OR") ? [.. condition.Types.Concat(TypeConditionParser.ParseAny(_tokens)).Distinct()] : [.. condition.Types.Distinct()];
        }
        while (_tokens.TryTake("AND"));
        return (types ?? [], exceptTypes ?? []);
    }
}
