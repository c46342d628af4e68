using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Ids;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>The classes of ids and the types of results that one scope has: groups, or the instance.</summary>
internal sealed class StreamTypes
{
    private static readonly GraphType Text = Scalars.String.NonNull(), Flag = Scalars.Boolean.NonNull(), Texts = Scalars.String.NonNull().List().NonNull();

    private readonly ObjectType _group, _namespace;
    private readonly StreamInterfaces _interfaces;
    private readonly ConnectionTypes _connections;

    public StreamTypes(bool isGroups, ObjectType group, ObjectType @namespace, ConnectionTypes connections, StreamInterfaces interfaces)
    {
        (IsGroups, _group, _namespace, _connections, _interfaces) = (isGroups, group, @namespace, connections, interfaces);
        Header = HeaderType();
        LegacyFilter = LegacyFilterType();
        Filter = FilterType();
        Http = HttpType();
        Google = GoogleType();
        Amazon = AmazonType();
        Streaming = StreamingType();
    }

    public bool IsGroups { get; }

    public ObjectType Header { get; }

    public ObjectType LegacyFilter { get; }

    public ObjectType Filter { get; }

    public ObjectType Http { get; }

    public ObjectType Google { get; }

    public ObjectType Amazon { get; }

    public ObjectType Streaming { get; }

    public GlobalIdClass HttpId => new(IsGroups ? "AuditEvents::ExternalAuditEventDestination" : "AuditEvents::InstanceExternalAuditEventDestination");

    public GlobalIdClass HeaderId => new(IsGroups ? "AuditEvents::Streaming::Header" : "AuditEvents::Streaming::InstanceHeader");

    public GlobalIdClass GoogleId => new(IsGroups ? "AuditEvents::GoogleCloudLoggingConfiguration" : "AuditEvents::Instance::GoogleCloudLoggingConfiguration");

    public GlobalIdClass AmazonId => new(IsGroups ? "AuditEvents::AmazonS3Configuration" : "AuditEvents::Instance::AmazonS3Configuration");

    public GlobalIdClass StreamingId => new(IsGroups ? "AuditEvents::Group::ExternalStreamingDestination" : "AuditEvents::Instance::ExternalStreamingDestination");

    public GlobalIdClass FilterId => new(IsGroups ? "AuditEvents::Group::NamespaceFilter" : "AuditEvents::Instance::NamespaceFilter");

    public static GlobalIdClass LegacyFilterId { get; } = new("AuditEvents::Streaming::HTTP::NamespaceFilter");

    private string Prefix => IsGroups ? "" : "Instance";

    private ObjectType HeaderType() => new(IsGroups ? "AuditEventStreamingHeader" : "AuditEventsStreamingInstanceHeader", () =>
    [
        FieldDefinition.Of<GitLabHeader>("active", Flag, header => header.IsActive),
        FieldDefinition.Of<GitLabHeader>("id", Scalars.Id.NonNull(), header => HeaderId.Of(header.Number)),
        FieldDefinition.Of<GitLabHeader>("key", Text, header => header.Key),
        FieldDefinition.Of<GitLabHeader>("value", Text, header => header.Value),
    ]) { Interfaces = [_interfaces.Header], Description = "A header that is sent with every event while it is active. Values of secret ones are masked." };

    private ObjectType LegacyFilterType() => new("AuditEventStreamingHTTPNamespaceFilter", () =>
    [
        FieldDefinition.Of<GitLabNamespaceFilter>("externalAuditEventDestination", Http.NonNull(), filter => filter.Stream),
        FieldDefinition.Of<GitLabNamespaceFilter>("id", Scalars.Id.NonNull(), filter => LegacyFilterId.Of(filter.Number)),
        FieldDefinition.Of<GitLabNamespaceFilter>("namespace", _namespace.NonNull(), filter => new GitLabGroup(filter.Path)),
    ]) { Description = "Narrows a destination to the events of one namespace." };

    private ObjectType FilterType() => new(IsGroups ? "GroupAuditEventNamespaceFilter" : "InstanceAuditEventNamespaceFilter", () =>
    [
        FieldDefinition.Of<GitLabNamespaceFilter>("externalStreamingDestination", Streaming.NonNull(), filter => filter.Stream),
        FieldDefinition.Of<GitLabNamespaceFilter>("id", Scalars.Id.NonNull(), filter => FilterId.Of(filter.Number)),
        FieldDefinition.Of<GitLabNamespaceFilter>("namespace", _namespace.NonNull(), filter => new GitLabGroup(filter.Path)),
    ]) { Description = "Narrows a destination to the events of a namespace." };

    private ObjectType HttpType() => new($"{Prefix}ExternalAuditEventDestination", () =>
    [
        .. Common(HttpId),
        FieldDefinition.Of<GitLabStream>("destinationUrl", Text, stream => stream.Text("endpoint")),
        FieldDefinition.Of<GitLabStream>("eventTypeFilters", Texts, stream => stream.EventTypes),
        FieldDefinition.Of<GitLabStream>("verificationToken", Text, stream => stream.Text("verification_token")),
        _connections.Field("headers", Header, context => ValueTask.FromResult<IReadOnlyList<INumbered>?>(((GitLabStream)context.Source!).Headers), isNullable: false),
        .. IsGroups ? [Group(), FieldDefinition.Of<GitLabStream>("namespaceFilter", LegacyFilter, stream => stream.NamespaceFilters.FirstOrDefault())] : Enumerable.Empty<FieldDefinition>(),
    ]) { Interfaces = [_interfaces.Http], Description = "An HTTP endpoint that gets audit events." };

    private ObjectType GoogleType() => new($"{Prefix}GoogleCloudLoggingConfigurationType", () =>
    [
        .. Common(GoogleId), .. Members(GitLabCategory.Google), .. IsGroups ? [Group()] : Enumerable.Empty<FieldDefinition>(),
    ]) { Interfaces = [_interfaces.Google], Description = "A log of Google Cloud Logging that gets audit events." };

    private ObjectType AmazonType() => new($"{Prefix}AmazonS3ConfigurationType", () =>
    [
        .. Common(AmazonId), .. Members(GitLabCategory.Amazon), .. IsGroups ? [Group()] : Enumerable.Empty<FieldDefinition>(),
    ]) { Interfaces = [_interfaces.Amazon], Description = "A bucket of Amazon S3 that gets audit events. The access key's id is masked, as the key is." };

    private ObjectType StreamingType() => new(IsGroups ? "GroupAuditEventStreamingDestination" : "InstanceAuditEventStreamingDestination", () =>
    [
        .. Common(StreamingId),
        FieldDefinition.Of<GitLabStream>("category", Text, stream => stream.Category.Name),
        FieldDefinition.Of<GitLabStream>("config", StreamInterfaces.Json.NonNull(), ConfigInput.Of),
        FieldDefinition.Of<GitLabStream>("eventTypeFilters", Texts, stream => stream.EventTypes),
        FieldDefinition.Of<GitLabStream>("namespaceFilters", Filter.NonNull().List(), stream => stream.NamespaceFilters),
        FieldDefinition.Of<GitLabStream>("secretToken", Text, stream => stream.Category == GitLabCategory.Http ? stream.Text("verification_token") : ""),
        .. IsGroups ? [Group()] : Enumerable.Empty<FieldDefinition>(),
    ]) { Interfaces = [_interfaces.Streaming], Description = "A destination of any category." };

    private static IEnumerable<FieldDefinition> Common(GlobalIdClass id) =>
    [
        FieldDefinition.Of<GitLabStream>("active", Flag, stream => stream.IsActive),
        FieldDefinition.Of<GitLabStream>("id", Scalars.Id.NonNull(), stream => id.Of(stream.Number)),
        FieldDefinition.Of<GitLabStream>("name", Text, stream => stream.Name),
    ];

    private static IEnumerable<FieldDefinition> Members(GitLabCategory category) =>
        category.Texts.Select(rule => FieldDefinition.Of<GitLabStream>(rule.Argument, Text, stream => stream.Text(rule.Member)));

    private FieldDefinition Group() => FieldDefinition.Of<GitLabStream>("group", _group.NonNull(), stream => stream.Group);
}
