using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.Server.Dialects.GitLab.Ids;

/// <summary>Ids of one class, as inputs take them; resolvers get the number.</summary>
internal sealed class GlobalIdType : ScalarType
{
    private readonly GlobalIdClass _class;

    public GlobalIdType(GlobalIdClass its)
        : base(its.ScalarName) => (_class, Description) = (its, $"The id of a {its.Name}, such as \"{its.Of(1)}\".");

    public override object Serialize(object value) => value;

    public override object Parse(object value) => _class.Read(value as string ?? throw new CoercionException("Expected a Global ID in a string"));

    public override object Parse(Value literal, IReadOnlyDictionary<string, object?>? variables) =>
        _class.Read(literal is StringValue text ? text.Text : throw new CoercionException("Expected a Global ID in a string"));
}
