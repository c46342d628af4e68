using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>Every type of results.</summary>
internal sealed class GitLabTypes
{
    private readonly bool _withDeprecated;

    /// <param name="withDeprecated">Without: as if what is deprecated had gone already.</param>
    public GitLabTypes(bool withDeprecated)
    {
        _withDeprecated = withDeprecated;
        Group = new ObjectType("Group", () => [.. Names(), .. GroupLists()]) { Description = "A tenant." };
        Namespace = new ObjectType("Namespace", Names) { Description = "A tenant, where it narrows a destination." };
        var interfaces = new StreamInterfaces(isGroups => isGroups ? Groups! : Instance!);
        Groups = new StreamTypes(true, Group, Namespace, Connections, interfaces);
        Instance = new StreamTypes(false, Group, Namespace, Connections, interfaces);
    }

    public ConnectionTypes Connections { get; } = new();

    public ObjectType Group { get; }

    public ObjectType Namespace { get; }

    public StreamTypes Groups { get; }

    public StreamTypes Instance { get; }

    public ObjectType Definition { get; } = new("AuditEventDefinition", () =>
    [
        FieldDefinition.Of<AuditEventDefinition>("description", Scalars.String.NonNull(), definition => definition.Description),
        FieldDefinition.Of<AuditEventDefinition>("featureCategory", Scalars.String.NonNull(), definition => definition.Category),
        FieldDefinition.Of<AuditEventDefinition>("introducedByIssue", Scalars.String, _ => null),
        FieldDefinition.Of<AuditEventDefinition>("introducedByMr", Scalars.String, _ => null),
        FieldDefinition.Of<AuditEventDefinition>("milestone", Scalars.String.NonNull(), _ => AuditEventDefinition.Milestone),
        FieldDefinition.Of<AuditEventDefinition>("name", Scalars.String.NonNull(), definition => definition.Name),
        FieldDefinition.Of<AuditEventDefinition>("savedToDatabase", Scalars.Boolean.NonNull(), _ => true),
        FieldDefinition.Of<AuditEventDefinition>("streamed", Scalars.Boolean.NonNull(), _ => true),
    ])
    {
        Description = "A type of events that Sluice has in its catalogue. Others are taken and streamed too.",
    };

    /// <summary>What is there, without what has to be taken for gone.</summary>
    public IEnumerable<FieldDefinition> Kept(IEnumerable<FieldDefinition> fields) => fields.Where(field => _withDeprecated || field.DeprecationReason is null);

    private IEnumerable<FieldDefinition> GroupLists() => Kept(
    [
        List("externalAuditEventDestinations", Groups.Http, GitLabCategory.Http),
        List("googleCloudLoggingConfigurations", Groups.Google, GitLabCategory.Google),
        List("amazonS3Configurations", Groups.Amazon, GitLabCategory.Amazon),
        List("externalAuditEventStreamingDestinations", Groups.Streaming, null),
    ]);

    private FieldDefinition List(string name, ObjectType of, GitLabCategory? category) => Connections.Field(
        name, of, async context => await GitLabCall.Of(context).Streams.ListAsync((GitLabGroup)context.Source!, category),
        deprecation: category is null ? null : GitLabTexts.Deprecated("externalAuditEventStreamingDestinations"));

    private static IEnumerable<FieldDefinition> Names() =>
    [
        FieldDefinition.Of<GitLabGroup>("fullName", Scalars.String.NonNull(), group => group.Path),
        FieldDefinition.Of<GitLabGroup>("fullPath", Scalars.Id.NonNull(), group => group.Path),
        FieldDefinition.Of<GitLabGroup>("id", Scalars.Id.NonNull(), group => group.Id),
        FieldDefinition.Of<GitLabGroup>("name", Scalars.String.NonNull(), group => group.Path),
    ];
}
