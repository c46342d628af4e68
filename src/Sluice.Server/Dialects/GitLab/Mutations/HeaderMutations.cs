using System.Numerics;
using System.Text.Json.Nodes;
using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>The headers of HTTP destinations, one at a time.</summary>
internal static class HeaderMutations
{
    public static IEnumerable<Mutation> All(Scope scope)
    {
        var name = scope.IsGroups ? "auditEventsStreamingHeaders" : "auditEventsStreamingInstanceHeaders";
        var refusal = scope.IsGroups ? null : GitLabTexts.NoMutation;
        (string, GraphType) record = ("header", scope.Types.Header);
        InputDefinition key = new("key", Scalars.String), value = new("value", Scalars.String), active = new("active", Scalars.Boolean), id = scope.Id("headerId", scope.Types.HeaderId);
        yield return new Mutation(
            name + "Create",
            [scope.Id("destinationId", scope.Types.HttpId), key with { Type = key.Type.NonNull() }, value with { Type = value.Type.NonNull() }, active with { Default = Parser.ParseValue("true") }],
            (streams, input) => CreateAsync(scope, streams, input)) { Record = record, RefusalOfOthers = refusal };
        yield return new Mutation(name + "Update", [id, key, value, active], (streams, input) => UpdateAsync(scope, streams, input)) { Record = record, RefusalOfOthers = refusal };
        yield return new Mutation(name + "Destroy", [id], async (streams, input) =>
        {
            var header = await FindAsync(scope, streams, input);
            await streams.UpdateAsync(header.Stream, now => new HeaderEdit(now).Remove(header.Key));
            return null;
        }) { RefusalOfOthers = refusal };
    }

    private static async ValueTask<object?> CreateAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var key = input.Get<string>("key")!;
        var stream = await DestinationAsync(scope, streams, input);
        return Header(await streams.UpdateAsync(stream, now => new HeaderEdit(now).Add(key, input.Get<string>("value")!, input.Get<bool?>("active") ?? true)), key);
    }

    private static async ValueTask<object?> UpdateAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var header = await FindAsync(scope, streams, input);
        var key = input.Get<string>("key");
        JsonObject Change(GitLabStream now) => new HeaderEdit(now).Change(header.Key, key, input.Get<string>("value"), input.Get<bool?>("active"));
        return Header(await streams.UpdateAsync(header.Stream, Change), key ?? header.Key);
    }

    private static async ValueTask<GitLabStream> DestinationAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        try
        {
            return await scope.FindAsync(streams, input, "destinationId", GitLabCategory.Http);
        }
        catch (GraphQLException) when (!scope.IsGroups)
        {
            throw new GraphQLException(GitLabTexts.NoDestination);
        }
    }

    private static async ValueTask<GitLabHeader> FindAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var number = input.Get<BigInteger>("headerId");
        var stream = await streams.FindAsync(Numbers.DestinationOfPart(number), scope.IsGroups, GitLabCategory.Http);
        return stream.Headers.FirstOrDefault(header => header.Number == number) ?? throw GitLabStreams.Unavailable();
    }

    private static GitLabHeader Header(GitLabStream stream, string key) => stream.Headers.First(header => string.Equals(header.Key, key, StringComparison.OrdinalIgnoreCase));
}
