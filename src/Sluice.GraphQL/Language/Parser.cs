namespace Sluice.GraphQL.Language;

/// <summary>Reads documents that can be executed: operations and fragments.</summary>
public sealed class Parser
{
    /// <summary>So deep may selection sets be inside each other, and values: deeper ones would end the process instead of the parser.</summary>
    private const int Deepest = 200;

    private readonly TokenReader _tokens;
    private readonly ValueParser _values;
    private int _depth;

    private Parser(string text)
    {
        _tokens = new TokenReader(text);
        _values = new ValueParser(_tokens, Deepest);
    }

    /// <exception cref="SyntaxException">It is none; the exception says where.</exception>
    public static Document Parse(string text) => new Parser(text).Document();

    /// <summary>Reads one value without variables.</summary>
    /// <exception cref="SyntaxException">It is none.</exception>
    public static Value ParseValue(string text)
    {
        var parser = new Parser(text);
        var value = parser._values.Value(isConstant: true);
        return parser._tokens.Current.Kind == TokenKind.End ? value : throw parser._tokens.Expected("the end");
    }

    private Document Document()
    {
        List<Definition> definitions = [Definition()];
        while (_tokens.Current.Kind != TokenKind.End) definitions.Add(Definition());
        return new Document(definitions);
    }

    private Definition Definition()
    {
        var location = _tokens.Location;
        if (_tokens.Is("{")) return new OperationDefinition(location, null, OperationKind.Query, null, [], [], Selections());
        var description = Description();
        if (_tokens.IsWord("fragment")) return Fragment(location, description);
        return Operation(location, description, Kind() ?? throw _tokens.Expected("an operation or a fragment"));
    }

    private string? Description() => _tokens.Current.Kind is TokenKind.String or TokenKind.BlockString ? _tokens.Take().Text : null;

    private OperationKind? Kind() => _tokens.Current switch
    {
        { Kind: TokenKind.Name, Text: "query" } => OperationKind.Query,
        { Kind: TokenKind.Name, Text: "mutation" } => OperationKind.Mutation,
        { Kind: TokenKind.Name, Text: "subscription" } => OperationKind.Subscription,
        _ => null,
    };

    private OperationDefinition Operation(Location location, string? description, OperationKind kind)
    {
        _tokens.Take();
        var name = _tokens.Current.Kind == TokenKind.Name ? _tokens.TakeName() : null;
        var variables = _tokens.OptionalMany("(", VariableDefinition, ")");
        return new OperationDefinition(location, description, kind, name, variables, Directives(isConstant: false), Selections());
    }

    private FragmentDefinition Fragment(Location location, string? description)
    {
        _tokens.Take();
        if (_tokens.IsWord("on")) throw _tokens.Expected("a fragment's name");
        var name = _tokens.TakeName();
        if (!_tokens.IsWord("on")) throw _tokens.Expected("\"on\"");
        return new FragmentDefinition(location, description, name, TypeCondition(), Directives(isConstant: false), Selections());
    }

    private VariableDefinition VariableDefinition()
    {
        var (location, description) = (_tokens.Location, Description());
        var variable = _values.Variable();
        _tokens.Expect(":");
        var type = TypeParser.Parse(_tokens, Deepest);
        var fallback = _tokens.TryTake("=") ? _values.Value(isConstant: true) : null;
        return new VariableDefinition(location, description, variable, type, fallback, Directives(isConstant: true));
    }

    private SelectionSet Selections()
    {
        var location = _tokens.Location;
        if (++_depth > Deepest) throw new SyntaxException(location, $"Syntax error: Selections are more than {Deepest} deep.");
        var selections = _tokens.Many("{", Selection, "}");
        _depth--;
        return new SelectionSet(location, selections);
    }

    private Selection Selection() => _tokens.Is("...") ? FragmentUse() : Field();

    private Field Field()
    {
        var (location, name) = (_tokens.Location, _tokens.TakeName());
        Name? alias = null;
        if (_tokens.TryTake(":")) (alias, name) = (name, _tokens.TakeName());
        var arguments = Arguments(isConstant: false);
        return new Field(location, alias, name, arguments, Directives(isConstant: false), _tokens.Is("{") ? Selections() : null);
    }

    private Selection FragmentUse()
    {
        var location = _tokens.Location;
        _tokens.Expect("...");
        if (_tokens.Current.Kind == TokenKind.Name && !_tokens.IsWord("on")) return new FragmentSpread(location, _tokens.TakeName(), Directives(isConstant: false));
        var on = _tokens.IsWord("on") ? TypeCondition() : null;
        return new InlineFragment(location, on, Directives(isConstant: false), Selections());
    }

    private NamedTypeReference TypeCondition()
    {
        _tokens.Take();
        var name = _tokens.TakeName();
        return new NamedTypeReference(name.Location, name.Text);
    }

    private List<Directive> Directives(bool isConstant)
    {
        var directives = new List<Directive>();
        while (_tokens.Is("@"))
        {
            var location = _tokens.Take().Location;
            directives.Add(new Directive(location, _tokens.TakeName(), Arguments(isConstant)));
        }

        return directives;
    }

    private List<Argument> Arguments(bool isConstant) => _tokens.OptionalMany("(", () =>
    {
        var name = _tokens.TakeName();
        _tokens.Expect(":");
        return new Argument(name.Location, name, _values.Value(isConstant));
    }, ")");
}
