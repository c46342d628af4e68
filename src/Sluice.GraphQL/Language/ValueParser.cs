namespace Sluice.GraphQL.Language;

/// <summary>Reads values.</summary>
internal sealed class ValueParser(TokenReader tokens, int deepest)
{
    private int _depth;

    public Variable Variable()
    {
        var location = tokens.Location;
        tokens.Expect("$");
        return new Variable(location, tokens.TakeName());
    }

    /// <param name="isConstant">It must not have variables.</param>
    public Value Value(bool isConstant)
    {
        if (++_depth > deepest) throw new SyntaxException(tokens.Location, $"Syntax error: Values are more than {deepest} deep.");
        var value = Any(isConstant);
        _depth--;
        return value;
    }

    private Value Any(bool isConstant)
    {
        var token = tokens.Current;
        if (tokens.Is("$")) return isConstant ? throw tokens.Expected("a constant value") : Variable();
        if (tokens.Is("[")) return List(isConstant);
        if (tokens.Is("{")) return Object(isConstant);
        if (token.Kind is TokenKind.Punctuator or TokenKind.End) throw tokens.Expected("a value");
        return Scalar(tokens.Take());
    }

    private static Value Scalar(Token token) => token switch
    {
        { Kind: TokenKind.Int } => new IntValue(token.Location, token.Text),
        { Kind: TokenKind.Float } => new FloatValue(token.Location, token.Text),
        { Kind: TokenKind.String or TokenKind.BlockString } => new StringValue(token.Location, token.Text, token.Kind == TokenKind.BlockString),
        { Text: "true" or "false" } => new BooleanValue(token.Location, token.Text == "true"),
        { Text: "null" } => new NullValue(token.Location),
        _ => new EnumLiteral(token.Location, token.Text),
    };

    private ListValue List(bool isConstant)
    {
        var (location, items) = (tokens.Take().Location, new List<Value>());
        while (!tokens.TryTake("]")) items.Add(Value(isConstant));
        return new ListValue(location, items);
    }

    private ObjectValue Object(bool isConstant)
    {
        var (location, fields) = (tokens.Take().Location, new List<ObjectField>());
        while (!tokens.TryTake("}"))
        {
            var name = tokens.TakeName();
            tokens.Expect(":");
            fields.Add(new ObjectField(name.Location, name, Value(isConstant)));
        }

        return new ObjectValue(location, fields);
    }
}
