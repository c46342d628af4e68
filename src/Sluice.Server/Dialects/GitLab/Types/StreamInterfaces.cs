using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab.Streams;

namespace Sluice.Server.Dialects.GitLab.Types;

/// <summary>What destinations of groups and of the instance have in common: clients spread fragments on these.</summary>
internal sealed class StreamInterfaces
{
    private static readonly GraphType Text = Scalars.String.NonNull(), Flag = Scalars.Boolean.NonNull(), Texts = Scalars.String.NonNull().List().NonNull();

    /// <param name="types">The object types of a scope; asked for when there are values.</param>
    public StreamInterfaces(Func<bool, StreamTypes> types)
    {
        Header = new InterfaceType("BaseHeaderInterface", () => Fields(("active", Flag), ("key", Text), ("value", Text)), value => types(((GitLabHeader)value).Stream.IsGroups).Header);
        Http = Of("ExternalAuditEventDestinationInterface", its => its.Http, ("destinationUrl", Text), ("eventTypeFilters", Texts), ("verificationToken", Text));
        Google = Of("GoogleCloudLoggingConfigurationInterface", its => its.Google, ("clientEmail", Text), ("googleProjectIdName", Text), ("logIdName", Text));
        Amazon = Of("AmazonS3ConfigurationInterface", its => its.Amazon, ("accessKeyXid", Text), ("awsRegion", Text), ("bucketName", Text));
        Streaming = Of("AuditEventStreamingDestinationInterface", its => its.Streaming, ("category", Text), ("config", Json.NonNull()), ("eventTypeFilters", Texts), ("secretToken", Text));

        InterfaceType Of(string name, Func<StreamTypes, ObjectType> type, params (string Name, GraphType Type)[] more) =>
            new(name, () => Fields([("active", Flag), ("id", Scalars.Id.NonNull()), ("name", Text), .. more]), value => type(types(((GitLabStream)value).IsGroups)));
    }

    public static ScalarType Json { get; } = new FreeFormType("JSON") { Description = "Any JSON value." };

    public InterfaceType Header { get; }

    public InterfaceType Http { get; }

    public InterfaceType Google { get; }

    public InterfaceType Amazon { get; }

    public InterfaceType Streaming { get; }

    private static IEnumerable<FieldDefinition> Fields(params IEnumerable<(string Name, GraphType Type)> fields) => fields.Select(field => FieldDefinition.Abstract(field.Name, field.Type));
}
