namespace Sluice.Query.Filters;

/// <summary>
/// Reads the filter language. Open parentheses wait on a list of their own, not on the call stack: thousands of them do no harm.
/// </summary>
internal sealed class FilterParser(string text, FilterNames names)
{
    public const int MaxTerms = 64;

    private const string Operand = "a field, NOT or (";

    private readonly FilterTokenizer _tokens = new(text);
    private readonly Stack<Group> _outer = new();
    private readonly List<FilterTerm> _terms = [];
    private Group _group = new(0);

    public (FilterNode Root, IReadOnlyList<FilterTerm> Terms) Parse()
    {
        do ReadOperand();
        while (ReadConnective());
        if (_outer.Count > 0)
            throw _tokens.Unexpected($"AND, OR or the ) for the ( in column {_group.At + 1}");
        if (_tokens.Current.Kind != TokenKind.End) throw _tokens.Unexpected("AND, OR or the end");
        return (_group.Close(), _terms);
    }

    private void ReadOperand()
    {
        while (true)
        {
            _group.Negated = _tokens.TryTake("NOT");
            if (_tokens.Current.Kind != TokenKind.Open) break;
            _outer.Push(_group);
            _group = new Group(_tokens.Take().At);
        }

        _group.Add(new FilterNode.Term(ReadTerm()));
        while (_outer.Count > 0 && _tokens.TryTake(TokenKind.Close))
        {
            var inner = _group.Close();
            _group = _outer.Pop();
            _group.Add(inner);
        }
    }

    /// <returns>Whether another operand follows.</returns>
    private bool ReadConnective()
    {
        if (_tokens.TryTake("AND")) return true;
        if (!_tokens.TryTake("OR")) return false;
        _group.NextAlternative();
        return true;
    }

    private FilterTerm ReadTerm()
    {
        var at = _tokens.Current.At;
        if (_terms.Count == MaxTerms)
            throw new FilterSyntaxException(at, $"at most {MaxTerms} terms", $"A filter has at most {MaxTerms} terms.");

        var field = ReadField();
        var comparison = _tokens.Current;
        var isIn = _tokens.TryTake("IN");
        var op = isIn ? FilterOperator.In : ReadOperator();
        if (op is FilterOperator.Prefix or FilterOperator.Contains && field.Kind is FieldKind.Number or FieldKind.Time)
            throw new FilterSyntaxException(comparison.At, "EQ, NE, GT, GE, LT, LE or IN", $"PREFIX and CONTAINS are for texts; {field.Name} is none.");
        var term = new FilterTerm(_terms.Count, field, op, isIn ? [.. ReadList(field)] : [ReadValue(field, op)]);
        _terms.Add(term);
        return term;
    }

    private FilterField ReadField()
    {
        var at = _tokens.Current.At;
        if (IsKeyword(_tokens.Current)) throw _tokens.Unexpected(_group.Negated ? "a field or (" : Operand);
        var path = new List<string> { ReadName(_group.Negated ? "a field or (" : Operand) };
        while (_tokens.TryTake(TokenKind.Dot)) path.Add(ReadName("a name after the dot"));
        return names.Find(path, out var expected)
            ?? throw new FilterSyntaxException(at, expected, $"There is no field {Shortened(string.Join('.', path))}. Expected {expected}.");
    }

    private string ReadName(string expected) =>
        _tokens.Current.Kind is TokenKind.Name or TokenKind.Quoted ? _tokens.Take().Text : throw _tokens.Unexpected(expected);

    private FilterOperator ReadOperator()
    {
        var token = _tokens.Current;
        FilterOperator? found = token.Kind is not (TokenKind.Operator or TokenKind.Name) ? null : token.Text.ToUpperInvariant() switch
        {
            "EQ" or "=" => FilterOperator.Equal,
            "NE" or "!=" => FilterOperator.NotEqual,
            "GT" or ">" => FilterOperator.Greater,
            "GE" or ">=" => FilterOperator.GreaterOrEqual,
            "LT" or "<" => FilterOperator.Less,
            "LE" or "<=" => FilterOperator.LessOrEqual,
            "PREFIX" => FilterOperator.Prefix,
            "CONTAINS" => FilterOperator.Contains,
            _ => null,
        };
        if (found is null) throw _tokens.Unexpected("EQ, NE, GT, GE, LT, LE, IN, PREFIX or CONTAINS");
        _tokens.Take();
        return found.Value;
    }

    private List<FilterValue> ReadList(FilterField field)
    {
        if (!_tokens.TryTake(TokenKind.Open)) throw _tokens.Unexpected("(");
        var values = new List<FilterValue>();
        do values.Add(ReadValue(field, FilterOperator.In));
        while (_tokens.TryTake(TokenKind.Comma));
        if (!_tokens.TryTake(TokenKind.Close)) throw _tokens.Unexpected(", or )");
        return values;
    }

    private FilterValue ReadValue(FilterField field, FilterOperator op)
    {
        var token = _tokens.Current;
        if (token.Kind is not (TokenKind.Quoted or TokenKind.Number) && !token.Is("true") && !token.Is("false"))
            throw _tokens.Unexpected("a quoted text, a number, true or false");
        var value = FilterValue.For(field.Kind, token, op is FilterOperator.Prefix or FilterOperator.Contains);
        if (value.Boolean is not null && op is not (FilterOperator.Equal or FilterOperator.NotEqual or FilterOperator.In))
            throw _tokens.Unexpected("a quoted text or a number");
        _tokens.Take();
        return value;
    }

    private static bool IsKeyword(FilterToken token) => token.Is("AND") || token.Is("OR") || token.Is("NOT") || token.Is("IN");

    private static string Shortened(string name) => name.Length <= 80 ? name : name[..80] + "…";

    /// <summary>What stands between two parentheses: alternatives of conjunctions.</summary>
    private sealed class Group(int at)
    {
        private readonly List<FilterNode> _alternatives = [];
        private List<FilterNode> _conjunction = [];

        /// <summary>Where its parenthesis stands.</summary>
        public int At { get; } = at;

        /// <summary>Whether a NOT waits for the next operand.</summary>
        public bool Negated { get; set; }

        public void Add(FilterNode operand)
        {
            _conjunction.Add(Negated ? FilterNode.Not.Of(operand) : operand);
            Negated = false;
        }

        public void NextAlternative()
        {
            _alternatives.Add(FilterNode.And.Of(_conjunction));
            _conjunction = [];
        }

        public FilterNode Close()
        {
            NextAlternative();
            return FilterNode.Or.Of(_alternatives);
        }
    }
}
