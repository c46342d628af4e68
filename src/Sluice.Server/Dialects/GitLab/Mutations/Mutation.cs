using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>What every mutation answers.</summary>
/// <param name="Record">What was made or changed; null where there is nothing, or it was refused.</param>
internal sealed record Payload(string? ClientMutationId, object? Record, IReadOnlyList<string> Errors);

/// <summary>A mutation, in the shape that all of GitLab's have: one input, one payload with errors.</summary>
/// <param name="Name">Its field; with a capital, and <c>Input</c> and <c>Payload</c> behind it, its types.</param>
/// <param name="Inputs">Besides <c>clientMutationId</c>.</param>
/// <param name="Run">Does it and returns the record.</param>
internal sealed record Mutation(string Name, IReadOnlyList<InputDefinition> Inputs, Func<GitLabStreams, Arguments, ValueTask<object?>> Run)
{
    /// <summary>The payload's member for the record.</summary>
    public (string Name, GraphType Type)? Record { get; init; }

    /// <summary>Where it is not the field's name.</summary>
    public string? TypeName { get; init; }

    public string? Deprecation { get; init; }

    /// <summary>What those hear who may not administer the instance; null: nothing of its own.</summary>
    public string? RefusalOfOthers { get; init; }

    public FieldDefinition Field()
    {
        var type = TypeName ?? char.ToUpperInvariant(Name[0]) + Name[1..];
        var input = new InputObjectType($"{type}Input", () => Inputs.Prepend(new InputDefinition("clientMutationId", Scalars.String) { Description = "Comes back in the payload." }));
        return new FieldDefinition(Name, PayloadType(type), ResolveAsync)
        {
            Arguments = [new InputDefinition("input", input.NonNull())],
            DeprecationReason = Deprecation,
        };
    }

    private ObjectType PayloadType(string type) => new($"{type}Payload", () =>
    [
        FieldDefinition.Of<Payload>("clientMutationId", Scalars.String, payload => payload.ClientMutationId),
        FieldDefinition.Of<Payload>("errors", Scalars.String.NonNull().List().NonNull(), payload => payload.Errors),
        .. Record is { } record ? [FieldDefinition.Of<Payload>(record.Name, record.Type, payload => payload.Record)] : Enumerable.Empty<FieldDefinition>(),
    ]);

    private async ValueTask<object?> ResolveAsync(FieldContext context)
    {
        var (streams, input) = (GitLabCall.Of(context).Streams, context.Arguments.Object("input"));
        var id = input.Get<string>("clientMutationId");
        if (RefusalOfOthers is not null && !streams.MayAdministerInstance) throw new GraphQLException(RefusalOfOthers);
        try
        {
            return new Payload(id, await Run(streams, input), []);
        }
        catch (PayloadException refused)
        {
            return new Payload(id, refused.Record, refused.Errors);
        }
    }
}
