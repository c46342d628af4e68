using Sluice.GraphQL.Execution;
using Sluice.GraphQL.Language;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Mutations;

/// <summary>Create, update and destroy as each category has them on its own.</summary>
internal static class LegacyMutations
{
    public static IEnumerable<Mutation> Http(Scope scope)
    {
        var name = scope.IsGroups ? "externalAuditEventDestination" : "instanceExternalAuditEventDestination";
        IEnumerable<InputDefinition> token = scope.IsGroups ? [new InputDefinition("verificationToken", Scalars.String) { Description = "16 to 24 characters; made when absent. It never changes." }] : [];
        return Of(scope, GitLabCategory.Http, scope.Types.HttpId, name, "Destroy", (name, scope.Types.Http), created: token, changed: [])
            .Select(mutation => mutation with { RefusalOfOthers = scope.IsGroups ? null : GitLabTexts.NoMutation });
    }

    public static IEnumerable<Mutation> Google(Scope scope)
    {
        var name = scope.IsGroups ? "googleCloudLoggingConfiguration" : "instanceGoogleCloudLoggingConfiguration";
        return Of(scope, GitLabCategory.Google, scope.Types.GoogleId, name, "Destroy", (name, scope.Types.Google), [Text("privateKey").Required()], [Text("privateKey")]);
    }

    public static IEnumerable<Mutation> Amazon(Scope scope) => Of(
        scope, GitLabCategory.Amazon, scope.Types.AmazonId, scope.IsGroups ? "auditEventsAmazonS3Configuration" : "auditEventsInstanceAmazonS3Configuration", "Delete",
        (scope.IsGroups ? "amazonS3Configuration" : "instanceAmazonS3Configuration", scope.Types.Amazon), [Text("secretAccessKey").Required()], [Text("secretAccessKey")]);

    /// <param name="created">Inputs of the creation alone, besides those that all have.</param>
    /// <param name="changed">The same for updates.</param>
    private static IEnumerable<Mutation> Of(
        Scope scope, GitLabCategory category, GlobalIdClass id, string name, string destroy, (string, GraphType) record, IEnumerable<InputDefinition> created, IEnumerable<InputDefinition> changed)
    {
        var texts = category.Texts.Select(rule => Text(rule.Argument)).ToList();
        List<InputDefinition> newInputs = [.. scope.Owner, .. texts.Select(Creating), .. created, Text("name")];
        List<InputDefinition> changedInputs = [scope.Id("id", id), .. texts, .. changed, Text("name"), new("active", Scalars.Boolean)];
        yield return new Mutation(name + "Create", newInputs, (streams, input) => scope.CreateAsync(streams, input, category, GitLabTexts.Subgroup, others => new StreamInput(category, Given(input, newInputs, category), others).Members(null, scope.IsGroups)))
        {
            Record = record,
        };
        yield return new Mutation(name + "Update", changedInputs, async (streams, input) => await UpdateAsync(scope, streams, input, category, Given(input, changedInputs, category))) { Record = record };
        yield return new Mutation(name + destroy, [scope.Id("id", id)], async (streams, input) =>
        {
            await streams.DeleteAsync(await scope.FindAsync(streams, input, "id", category));
            return null;
        });
    }

    private static async ValueTask<object?> UpdateAsync(Scope scope, GitLabStreams streams, Arguments input, GitLabCategory category, Dictionary<string, string?> given)
    {
        var stream = await scope.FindAsync(streams, input, "id", category);
        return await streams.UpdateAsync(stream, (now, others) =>
        {
            var members = new StreamInput(category, given, others).Members(now, scope.IsGroups);
            if (input.Get<bool?>("active") is { } active) members["enabled"] = active;
            return members;
        });
    }

    private static Dictionary<string, string?> Given(Arguments input, IEnumerable<InputDefinition> inputs, GitLabCategory category) => StreamInput.Texts(
        input, inputs.Select(definition => definition.Name).Where(name => name == "name" || name == category.Secret.Argument || category.Texts.Any(rule => rule.Argument == name)));

    private static InputDefinition Text(string name) => new(name, Scalars.String);

    private static InputDefinition Required(this InputDefinition input) => input with { Type = input.Type.NonNull() };

    /// <summary>All are required but the log, which has a usual name.</summary>
    private static InputDefinition Creating(InputDefinition input) => input.Name == "logIdName" ? input with { Default = Parser.ParseValue("\"audit_events\"") } : input.Required();
}
