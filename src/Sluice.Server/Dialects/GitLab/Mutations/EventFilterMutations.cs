using System.Text.Json.Nodes;
using Sluice.GraphQL;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>Which types of events a destination gets, and which not: several at a time, all or none of them.</summary>
internal static class EventFilterMutations
{
    private const string Allowed = "event_types", Denied = "except_event_types";

    public static IEnumerable<Mutation> Legacy(Scope scope) =>
        Pair(scope, scope.IsGroups ? "auditEventsStreamingDestinationEvents" : "auditEventsStreamingDestinationInstanceEvents", "Remove", scope.Types.HttpId, GitLabCategory.Http, Allowed);

    public static IEnumerable<Mutation> Consolidated(Scope scope) => scope.IsGroups
        ? [.. Pair(scope, "auditEventsGroupDestinationEvents", "Delete", scope.Types.StreamingId, null, Allowed), .. Pair(scope, "auditEventsGroupDestinationDenylistEvents", "Delete", scope.Types.StreamingId, null, Denied)]
        : Pair(scope, "auditEventsInstanceDestinationEvents", "Delete", scope.Types.StreamingId, null, Allowed);

    private static IEnumerable<Mutation> Pair(Scope scope, string name, string remove, GlobalIdClass id, GitLabCategory? category, string member)
    {
        IReadOnlyList<InputDefinition> inputs = [scope.Id("destinationId", id), new InputDefinition("eventTypeFilters", Scalars.String.NonNull().List().NonNull())];
        yield return new Mutation(name + "Add", inputs, async (streams, input) => List(await ChangeAsync(scope, streams, input, category, member, Added), member))
        {
            Record = ("eventTypeFilters", Scalars.String.NonNull().List()),
        };
        yield return new Mutation(name + remove, inputs, async (streams, input) =>
        {
            await ChangeAsync(scope, streams, input, category, member, Removed);
            return null;
        });
    }

    private static async ValueTask<GitLabStream> ChangeAsync(
        Scope scope, GitLabStreams streams, Arguments input, GitLabCategory? category, string member, Func<GitLabStream, string, IReadOnlyList<string>, IEnumerable<string>> change)
    {
        var given = input.Texts("eventTypeFilters");
        var stream = await scope.FindAsync(streams, input, "destinationId", category);
        if (given.Count == 0) throw new GraphQLException(GitLabTexts.NoFilters);
        return await streams.UpdateAsync(stream, now => new JsonObject { [member] = new JsonArray([.. change(now, member, given).Select(type => (JsonNode)type)]) });
    }

    private static IEnumerable<string> Added(GitLabStream stream, string member, IReadOnlyList<string> given)
    {
        var there = List(stream, member);
        if (given.FirstOrDefault(type => !IsType(type)) is { } undefined) throw new PayloadException($"Validation failed: Audit event type with value {undefined} is undefined.");
        if (member == Denied) RefuseDenied(stream, given);
        else if (given.Any(there.Contains) || given.Distinct().Count() < given.Count) throw new PayloadException("Validation failed: Audit event type has already been taken");
        return there.Concat(given);
    }

    private static void RefuseDenied(GitLabStream stream, IReadOnlyList<string> given)
    {
        if (given.Where(List(stream, Denied).Contains).ToList() is { Count: > 0 } denied) throw new PayloadException($"Event type(s) already on the denylist: {string.Join(", ", denied)}");
        if (given.Where(stream.EventTypes.Contains).ToList() is { Count: > 0 } allowed) throw new PayloadException($"Event type(s) already on the allowlist and cannot be added to the denylist: {string.Join(", ", allowed)}");
    }

    private static IEnumerable<string> Removed(GitLabStream stream, string member, IReadOnlyList<string> given)
    {
        var there = List(stream, member);
        var absent = given.Except(there).ToList();
        return absent.Count == 0 ? there.Except(given) : throw new PayloadException($"Couldn't find event type filters where audit event type(s): {string.Join(", ", absent)}");
    }

    private static IReadOnlyList<string> List(GitLabStream stream, string member) => member == Denied ? stream.Definition.Stream.ExceptEventTypes : stream.EventTypes;

    /// <summary>Anything that an action can be: senders have actions that no catalogue knows.</summary>
    private static bool IsType(string type) => type is { Length: > 0 and <= 256 } && !type.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '*');
}
