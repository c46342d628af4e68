namespace Sluice.GraphQL.Language;

/// <summary>A value as a document writes it.</summary>
public abstract record Value(Location Location) : Node(Location);

public sealed record Variable(Location Location, Name Name) : Value(Location);

/// <param name="Text">As it was written, of any length.</param>
public sealed record IntValue(Location Location, string Text) : Value(Location);

public sealed record FloatValue(Location Location, string Text) : Value(Location);

/// <param name="Text">What it stands for, without escapes and common indentation.</param>
public sealed record StringValue(Location Location, string Text, bool IsBlock) : Value(Location);

public sealed record BooleanValue(Location Location, bool IsTrue) : Value(Location);

public sealed record NullValue(Location Location) : Value(Location);

public sealed record EnumLiteral(Location Location, string Name) : Value(Location);

public sealed record ListValue(Location Location, IReadOnlyList<Value> Items) : Value(Location);

public sealed record ObjectValue(Location Location, IReadOnlyList<ObjectField> Fields) : Value(Location);

public sealed record ObjectField(Location Location, Name Name, Value Value) : Node(Location);
