namespace Sluice.GraphQL.Types;

/// <summary>The scalars that every schema may use.</summary>
public static class Scalars
{
    public static ScalarType Int { get; } = new IntType();

    public static ScalarType Float { get; } = new FloatType();

    public static ScalarType String { get; } = new StringType();

    public static ScalarType Boolean { get; } = new BooleanType();

    public static ScalarType Id { get; } = new IdType();
}
