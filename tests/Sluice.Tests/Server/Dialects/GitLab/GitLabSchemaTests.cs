using System.Text.Json.Nodes;
using Sluice.GraphQL.Types;
using Sluice.Server.Dialects.GitLab;
using Sluice.Tests.Approved;

namespace Sluice.Tests.Server.Dialects.GitLab;

public sealed class GitLabSchemaTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    [Fact]
    public void The_schema_is_the_approved_one() => ApprovedText.Check("gitlab.graphql", SchemaPrinter.Print(GitLabSchema.Of(withDeprecated: true)));

    [Theory]
    [InlineData("externalAuditEventDestinationCreate", "destinationUrl: String!, groupPath: ID!, name: String, verificationToken: String", "externalAuditEventDestination: ExternalAuditEventDestination")]
    [InlineData("externalAuditEventDestinationUpdate", "id: AuditEventsExternalAuditEventDestinationID!, destinationUrl: String, name: String, active: Boolean", "externalAuditEventDestination: ExternalAuditEventDestination")]
    [InlineData("externalAuditEventDestinationDestroy", "id: AuditEventsExternalAuditEventDestinationID!", "")]
    [InlineData("instanceExternalAuditEventDestinationCreate", "destinationUrl: String!, name: String", "instanceExternalAuditEventDestination: InstanceExternalAuditEventDestination")]
    [InlineData("instanceExternalAuditEventDestinationUpdate", "id: AuditEventsInstanceExternalAuditEventDestinationID!, destinationUrl: String, name: String, active: Boolean", "instanceExternalAuditEventDestination: InstanceExternalAuditEventDestination")]
    [InlineData("instanceExternalAuditEventDestinationDestroy", "id: AuditEventsInstanceExternalAuditEventDestinationID!", "")]
    [InlineData("auditEventsStreamingHeadersCreate", "destinationId: AuditEventsExternalAuditEventDestinationID!, key: String!, value: String!, active: Boolean = true", "header: AuditEventStreamingHeader")]
    [InlineData("auditEventsStreamingHeadersUpdate", "headerId: AuditEventsStreamingHeaderID!, key: String, value: String, active: Boolean", "header: AuditEventStreamingHeader")]
    [InlineData("auditEventsStreamingHeadersDestroy", "headerId: AuditEventsStreamingHeaderID!", "")]
    [InlineData("auditEventsStreamingInstanceHeadersCreate", "destinationId: AuditEventsInstanceExternalAuditEventDestinationID!, key: String!, value: String!, active: Boolean = true", "header: AuditEventsStreamingInstanceHeader")]
    [InlineData("auditEventsStreamingInstanceHeadersUpdate", "headerId: AuditEventsStreamingInstanceHeaderID!, key: String, value: String, active: Boolean", "header: AuditEventsStreamingInstanceHeader")]
    [InlineData("auditEventsStreamingInstanceHeadersDestroy", "headerId: AuditEventsStreamingInstanceHeaderID!", "")]
    [InlineData("auditEventsStreamingDestinationEventsAdd", "destinationId: AuditEventsExternalAuditEventDestinationID!, eventTypeFilters: [String!]!", "eventTypeFilters: [String!]")]
    [InlineData("auditEventsStreamingDestinationEventsRemove", "destinationId: AuditEventsExternalAuditEventDestinationID!, eventTypeFilters: [String!]!", "")]
    [InlineData("auditEventsStreamingDestinationInstanceEventsAdd", "destinationId: AuditEventsInstanceExternalAuditEventDestinationID!, eventTypeFilters: [String!]!", "eventTypeFilters: [String!]")]
    [InlineData("auditEventsStreamingDestinationInstanceEventsRemove", "destinationId: AuditEventsInstanceExternalAuditEventDestinationID!, eventTypeFilters: [String!]!", "")]
    [InlineData("auditEventsStreamingHttpNamespaceFiltersAdd", "destinationId: AuditEventsExternalAuditEventDestinationID!, groupPath: ID, projectPath: ID", "namespaceFilter: AuditEventStreamingHTTPNamespaceFilter")]
    [InlineData("auditEventsStreamingHttpNamespaceFiltersDelete", "namespaceFilterId: AuditEventsStreamingHTTPNamespaceFilterID!", "")]
    [InlineData("googleCloudLoggingConfigurationCreate", "groupPath: ID!, googleProjectIdName: String!, clientEmail: String!, logIdName: String = \"audit_events\", privateKey: String!, name: String", "googleCloudLoggingConfiguration: GoogleCloudLoggingConfigurationType")]
    [InlineData("instanceGoogleCloudLoggingConfigurationUpdate", "id: AuditEventsInstanceGoogleCloudLoggingConfigurationID!, googleProjectIdName: String, clientEmail: String, logIdName: String, privateKey: String, name: String, active: Boolean", "instanceGoogleCloudLoggingConfiguration: InstanceGoogleCloudLoggingConfigurationType")]
    [InlineData("googleCloudLoggingConfigurationDestroy", "id: AuditEventsGoogleCloudLoggingConfigurationID!", "")]
    [InlineData("auditEventsAmazonS3ConfigurationCreate", "groupPath: ID!, accessKeyXid: String!, bucketName: String!, awsRegion: String!, secretAccessKey: String!, name: String", "amazonS3Configuration: AmazonS3ConfigurationType")]
    [InlineData("auditEventsInstanceAmazonS3ConfigurationUpdate", "id: AuditEventsInstanceAmazonS3ConfigurationID!, accessKeyXid: String, bucketName: String, awsRegion: String, secretAccessKey: String, name: String, active: Boolean", "instanceAmazonS3Configuration: InstanceAmazonS3ConfigurationType")]
    [InlineData("auditEventsInstanceAmazonS3ConfigurationDelete", "id: AuditEventsInstanceAmazonS3ConfigurationID!", "")]
    [InlineData("groupAuditEventStreamingDestinationsCreate", "groupPath: ID!, category: String!, config: JSON!, name: String, secretToken: String", "externalAuditEventDestination: GroupAuditEventStreamingDestination")]
    [InlineData("instanceAuditEventStreamingDestinationsUpdate", "id: AuditEventsInstanceExternalStreamingDestinationID!, category: String, config: JSON, name: String, secretToken: String, active: Boolean", "externalAuditEventDestination: InstanceAuditEventStreamingDestination")]
    [InlineData("groupAuditEventStreamingDestinationsDelete", "id: AuditEventsGroupExternalStreamingDestinationID!", "")]
    [InlineData("auditEventsGroupDestinationEventsAdd", "destinationId: AuditEventsGroupExternalStreamingDestinationID!, eventTypeFilters: [String!]!", "eventTypeFilters: [String!]")]
    [InlineData("auditEventsInstanceDestinationEventsDelete", "destinationId: AuditEventsInstanceExternalStreamingDestinationID!, eventTypeFilters: [String!]!", "")]
    [InlineData("auditEventsGroupDestinationDenylistEventsAdd", "destinationId: AuditEventsGroupExternalStreamingDestinationID!, eventTypeFilters: [String!]!", "eventTypeFilters: [String!]")]
    [InlineData("auditEventsGroupDestinationNamespaceFilterCreate", "destinationId: AuditEventsGroupExternalStreamingDestinationID!, namespacePath: String", "namespaceFilter: GroupAuditEventNamespaceFilter")]
    [InlineData("auditEventsInstanceDestinationNamespaceFilterDelete", "namespaceFilterId: AuditEventsInstanceNamespaceFilterID!", "")]
    public void GL_41_A_mutation_has_GitLabs_names(string name, string inputs, string record)
    {
        var field = GitLabSchema.Of(withDeprecated: true).Mutation!.Fields[name];
        var input = (InputObjectType)Assert.Single(field.Arguments).Type.Innermost;
        var payload = (ObjectType)field.Type.Innermost;
        var type = char.ToUpperInvariant(name[0]) + name[1..].Replace("HttpNamespace", "HTTPNamespace", StringComparison.Ordinal);

        Assert.Equal(($"{type}Input!", $"{type}Payload"), (field.Arguments[0].Type.ToString(), field.Type.ToString()));
        Assert.Equal(inputs.Split(", ").Append("clientMutationId: String").Order(), input.Fields.Values.Select(Text).Order());
        Assert.Equal(new[] { "clientMutationId: String", "errors: [String!]!", record }.Where(text => text.Length > 0).Order(), payload.Fields.Values.Select(member => $"{member.Name}: {member.Type}").Order());
    }

    [Fact]
    public async Task Without_a_key_the_schema_and_the_catalogue_can_be_seen()
    {
        var data = await gitlab.DataAsync("{ __schema { queryType { name } types { name } } auditEventDefinitions(first: 2) { nodes { name description featureCategory milestone savedToDatabase streamed } pageInfo { hasNextPage } } currentUser { name } }", key: null);

        Assert.Equal("Query", (string?)data["__schema"]!["queryType"]!["name"]);
        Assert.Equal(("user.login", "authentication", true), ((string?)data["auditEventDefinitions"]!["nodes"]![0]!["name"], (string?)data["auditEventDefinitions"]!["nodes"]![0]!["featureCategory"], (bool)data["auditEventDefinitions"]!["pageInfo"]!["hasNextPage"]!));
        Assert.Null(data["currentUser"]);
    }

    [Fact]
    public async Task What_is_deprecated_can_be_taken_for_gone()
    {
        const string query = "{ __type(name: \"Mutation\") { fields(includeDeprecated: true) { name isDeprecated } } }";
        var whole = (await gitlab.DataAsync(query))["__type"]!["fields"]!.AsArray();
        var current = JsonNode.Parse((await gitlab.Server.CallAsync("POST", "/api/graphql?remove_deprecated=true", body: new { query })).Text)!["data"]!["__type"]!["fields"]!.AsArray();
        var asMember = JsonNode.Parse((await gitlab.PostAsync(new { query, remove_deprecated = true })).Text)!["data"]!["__type"]!["fields"]!.AsArray();

        Assert.Contains(whole, field => (string?)field!["name"] == "externalAuditEventDestinationCreate" && (bool)field["isDeprecated"]!);
        Assert.NotEmpty(current);
        Assert.DoesNotContain(current, field => (bool)field!["isDeprecated"]!);
        Assert.Equal(GitLabServer.Json(current), GitLabServer.Json(asMember));
    }

    private static string Text(InputDefinition input) => $"{input.Name}: {input.Type}{(input.Default is null ? "" : " = " + Sluice.GraphQL.Language.Printer.Print(input.Default))}";
}
