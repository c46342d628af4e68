using System.Collections;
using Sluice.GraphQL.Introspection;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;

namespace Sluice.GraphQL.Execution;

/// <summary>
/// One operation, carried out. Fields are resolved one after the other, in the order in which they are asked for: mutations have to be, and queries may be.
/// </summary>
internal sealed class OperationExecution(Schema schema, FieldCollector collector, IReadOnlyDictionary<string, object?> variables, object? state, int mostFields, CancellationToken cancellation)
{
    private readonly List<GraphQLError> _errors = [];
    private int _fields;

    public async ValueTask<GraphQLResult> RunAsync(ObjectType root, SelectionSet selections)
    {
        try
        {
            return new GraphQLResult(true, await ObjectAsync(root, null, [selections], null), _errors);
        }
        catch (FieldException failed)
        {
            return new GraphQLResult(true, null, [.. _errors, failed.Error]);
        }
    }

    private async ValueTask<OrderedDictionary<string, object?>> ObjectAsync(ObjectType type, object? source, IEnumerable<SelectionSet> selections, ResponsePath? path)
    {
        var answer = new OrderedDictionary<string, object?>();
        foreach (var (name, fields) in collector.Collect(type, selections))
        {
            if (MetaFields.Find(schema, type, fields[0].Name.Text) is { } definition)
                answer[name] = await FieldAsync(new Place(fields, new ResponsePath(path, name), type, definition), source);
        }

        return answer;
    }

    private ValueTask<object?> FieldAsync(Place place, object? source) => OrNullAsync(place.Definition.Type, place, async () =>
    {
        Count(place);
        var arguments = ArgumentValues.Of(place.Fields[0], place.Definition.Arguments, place.Fields[0].Arguments, variables);
        var value = await place.Definition.Resolve(new FieldContext(source, arguments, place.Parent, schema, state, cancellation));
        return await CompleteAsync(place.Definition.Type, place, value);
    });

    /// <summary>A failure becomes null, or goes on to the value around it where null cannot be.</summary>
    private async ValueTask<object?> OrNullAsync(GraphType type, Place place, Func<ValueTask<object?>> value)
    {
        GraphQLError error;
        try
        {
            return await value();
        }
        catch (GraphQLException failed)
        {
            error = place.Error(failed.Message) with { Extensions = failed.Extensions };
        }
        catch (FieldException failed)
        {
            error = failed.Error with { Path = failed.Error.Path ?? place.Path.ToList() };
        }

        if (type is NonNullType) throw new FieldException(error);
        _errors.Add(error);
        return null;
    }

    private async ValueTask<object?> CompleteAsync(GraphType type, Place place, object? value) => (type, value) switch
    {
        (NonNullType, null) => throw new FieldException(place.Error($"Cannot return null for non-nullable field {place.Parent.Name}.{place.Definition.Name}")),
        (_, null) => null,
        (NonNullType, _) => await CompleteAsync(type.Nullable, place, value),
        (ListType list, _) => await ListAsync(list.Of, place, (IEnumerable)value),
        (CompositeType composite, _) => await ObjectAsync(TypeOf(composite, value), value, place.Fields.Where(field => field.SelectionSet is not null).Select(field => field.SelectionSet!), place.Path),
        _ => Leaf(type.Innermost, place, value),
    };

    private async ValueTask<object?> ListAsync(GraphType of, Place place, IEnumerable items)
    {
        var list = new List<object?>();
        foreach (var item in items)
        {
            var its = place with { Path = new ResponsePath(place.Path, list.Count) };
            list.Add(await OrNullAsync(of, its, () => CompleteAsync(of, its, item)));
        }

        return list;
    }

    private static ObjectType TypeOf(CompositeType type, object value) => type is IAbstractType several ? several.TypeOf(value) : (ObjectType)type;

    private static object? Leaf(NamedType type, Place place, object value)
    {
        try
        {
            if (type is ScalarType scalar) return scalar.Serialize(value);
            return ((EnumType)type).Values.FirstOrDefault(one => one.Meaning.Equals(value))?.Name ?? throw new CoercionException($"Enum {type.Name} cannot represent value: {Shown.Of(value)}");
        }
        catch (CoercionException problem)
        {
            throw new FieldException(place.Error(problem.Message));
        }
    }

    private void Count(Place place)
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_fields > mostFields) throw new TooMuchException(place.Error($"The answer would have more than {mostFields} fields: ask for less at once"));
    }

    /// <param name="Fields">All that ask for the value; they have been found to be alike.</param>
    private sealed record Place(IReadOnlyList<Field> Fields, ResponsePath Path, ObjectType Parent, FieldDefinition Definition)
    {
        public GraphQLError Error(string message) => GraphQLError.At(Fields, message) with { Path = Path.ToList() };
    }
}
