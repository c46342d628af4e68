using System.Text.Json.Nodes;
using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Server.Dialects.GitLab.Types;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>Destinations of all categories by the same three mutations.</summary>
internal static class StreamingMutations
{
    public static IEnumerable<Mutation> All(Scope scope)
    {
        var name = scope.IsGroups ? "groupAuditEventStreamingDestinations" : "instanceAuditEventStreamingDestinations";
        (string, GraphType) record = ("externalAuditEventDestination", scope.Types.Streaming);
        InputDefinition config = new("config", StreamInterfaces.Json), category = new("category", Scalars.String), label = new("name", Scalars.String), secret = new("secretToken", Scalars.String);
        var id = scope.Id("id", scope.Types.StreamingId);
        yield return new Mutation(
            name + "Create", [.. scope.Owner, category with { Type = category.Type.NonNull() }, config with { Type = config.Type.NonNull() }, label, secret], (streams, input) => CreateAsync(scope, streams, input))
        {
            Record = record,
        };
        yield return new Mutation(name + "Update", [id, category, config, label, secret, new("active", Scalars.Boolean)], (streams, input) => UpdateAsync(scope, streams, input)) { Record = record };
        yield return new Mutation(name + "Delete", [id], async (streams, input) =>
        {
            await streams.DeleteAsync(await scope.FindAsync(streams, input, "id"));
            return null;
        });
    }

    private static ValueTask<object?> CreateAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var category = Category(input)!;
        return scope.CreateAsync(streams, input, category, $"{GitLabTexts.Subgroup}. Use a top-level group.", others => Members(category, input, null, others, scope.IsGroups));
    }

    private static async ValueTask<object?> UpdateAsync(Scope scope, GitLabStreams streams, Arguments input)
    {
        var stream = await scope.FindAsync(streams, input, "id");
        if (Category(input) is { } category && category != stream.Category) throw new PayloadException("Category cannot be changed: delete the destination and create another");
        return await streams.UpdateAsync(stream, (now, others) =>
        {
            var members = Members(now.Category, input, now, others, scope.IsGroups);
            if (input.Get<bool?>("active") is { } active) members["enabled"] = active;
            return members;
        });
    }

    private static JsonObject Members(GitLabCategory category, Arguments input, GitLabStream? before, IReadOnlyList<GitLabStream> others, bool isGroups)
    {
        var config = input.Get<object>("config") is { } given ? new ConfigInput(category, given) : null;
        var texts = new Dictionary<string, string?>(config?.Texts ?? []) { ["name"] = input.Get<string>("name"), [category.Secret.Argument] = Secret(category, input, before) };
        if (category != GitLabCategory.Http) texts = texts.Where(text => text.Value is not null).ToDictionary();
        var members = AsConfig(category, () => new StreamInput(category, texts, others).Members(before, isGroups), isGroups);
        if (config is not null && category == GitLabCategory.Http) members["headers"] = config.SluiceHeaders();
        return members;
    }

    private static string? Secret(GitLabCategory category, Arguments input, GitLabStream? before)
    {
        var secret = input.Get<string>("secretToken");
        if (category != GitLabCategory.Http) return secret is null && before is null ? throw new PayloadException("Secret token is required for category") : secret;
        if (secret is not null && secret.Length is < 16 or > 24) throw new PayloadException("Secret token should have length between 16 to 24 characters.");
        return secret;
    }

    /// <summary>What has to be unique is called by other names here.</summary>
    private static JsonObject AsConfig(GitLabCategory category, Func<JsonObject> members, bool isGroups)
    {
        try
        {
            return members();
        }
        catch (PayloadException refused)
        {
            throw new PayloadException([.. refused.Errors.Select(error => error == category.Taken(isGroups) ? category.ConfigTaken : error)]);
        }
    }

    private static GitLabCategory? Category(Arguments input) => input.Get<string>("category") is not { } name
        ? null
        : GitLabCategory.All.FirstOrDefault(category => category.Name == name) ?? throw new PayloadException($"Category {name} is not one of {string.Join(", ", GitLabCategory.All.Select(category => category.Name))}");
}
