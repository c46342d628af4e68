using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;
using Sluice.Server.Dialects.GitLab.Types;
using Sluice.Tenants;

namespace Sluice.Server.Dialects.GitLab;

/// <summary>Where queries begin.</summary>
internal static class GitLabQueries
{
    private static readonly ObjectType User = new("CurrentUser", () =>
    [
        FieldDefinition.Of<Caller>("id", Scalars.Id.NonNull(), caller => GlobalIdClass.User.Of(Numbers.OfName(caller.Id))),
        FieldDefinition.Of<Caller>("name", Scalars.String.NonNull(), caller => caller.Name),
        FieldDefinition.Of<Caller>("username", Scalars.String.NonNull(), caller => caller.Id),
    ]) { Description = "The key that asks." };

    private static readonly ObjectType Complexity = new("QueryComplexity", () =>
    [
        FieldDefinition.Of<GitLabCall>("limit", Scalars.Int, call => call.MostComplexity),
        FieldDefinition.Of<GitLabCall>("score", Scalars.Int, call => call.Complexity.Value),
    ]) { Description = "What this query costs." };

    public static ObjectType Root(GitLabTypes types) => new("Query", () => types.Kept(
    [
        types.Connections.Field("auditEventDefinitions", types.Definition, _ => ValueTask.FromResult<IReadOnlyList<INumbered>?>(AuditEventDefinition.All), isNullable: false),
        List(types, "auditEventsInstanceAmazonS3Configurations", types.Instance.Amazon, GitLabCategory.Amazon),
        List(types, "auditEventsInstanceStreamingDestinations", types.Instance.Streaming, null),
        new("currentUser", User, context => ValueTask.FromResult<object?>(GitLabCall.Of(context).Streams.Caller)),
        new("group", types.Group, context => ValueTask.FromResult<object?>(Groups.Find(GitLabCall.Of(context).Streams.Caller, context.Arguments.Get<string>("fullPath")!)))
        {
            Arguments = [new InputDefinition("fullPath", Scalars.Id.NonNull()) { Description = "The tenant's id." }],
        },
        List(types, "instanceExternalAuditEventDestinations", types.Instance.Http, GitLabCategory.Http),
        List(types, "instanceGoogleCloudLoggingConfigurations", types.Instance.Google, GitLabCategory.Google),
        new("queryComplexity", Complexity, context => ValueTask.FromResult(context.State)),
    ]));

    private static FieldDefinition List(GitLabTypes types, string name, ObjectType of, GitLabCategory? category) => types.Connections.Field(
        name, of, async context => await GitLabCall.Of(context).Streams.ListAsync(null, category),
        deprecation: category is null ? null : GitLabTexts.Deprecated("auditEventsInstanceStreamingDestinations"));
}
