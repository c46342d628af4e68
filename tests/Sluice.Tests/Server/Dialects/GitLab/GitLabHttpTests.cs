using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tests.Server.Dialects.GitLab;

/// <summary>What stands around the documents: requests, statuses, limits.</summary>
public sealed class GitLabHttpTests(GitLabServer gitlab) : IClassFixture<GitLabServer>
{
    [Theory]
    [InlineData("PRIVATE-TOKEN", "{0}")]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("X-API-Key", "{0}")]
    public async Task A_key_travels_in_any_of_three_headers(string header, string form)
    {
        var answer = await gitlab.Server.CallAsync("POST", "/api/graphql", null, new { query = "{ currentUser { id name username } }" }, (header, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, RunningServer.AdminKey)));

        Assert.StartsWith("gid://gitlab/User/", answer.Json.GetProperty("data").GetProperty("currentUser").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("slc_live_00000000000000000000000000000000000000")]
    [InlineData("rubbish")]
    public async Task A_key_that_is_not_valid_is_401_in_GitLabs_form(string key)
    {
        var answer = await gitlab.PostAsync(new { query = "{ __typename }" }, key);

        Assert.Equal((401, """{"errors":[{"message":"Invalid token"}]}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Queries_may_be_asked_by_GET_and_mutations_may_not()
    {
        var query = await gitlab.Server.CallAsync("GET", $"/api/graphql?query={Uri.EscapeDataString("query Q($n: Int) { auditEventDefinitions(first: $n) { nodes { name } } }")}&variables={Uri.EscapeDataString("{\"n\":1}")}&operationName=Q");
        var mutation = await gitlab.Server.CallAsync("GET", $"/api/graphql?query={Uri.EscapeDataString("mutation { instanceExternalAuditEventDestinationDestroy(input: {id: \"gid://gitlab/AuditEvents::InstanceExternalAuditEventDestination/1\"}) { errors } }")}");

        Assert.Equal("""{"data":{"auditEventDefinitions":{"nodes":[{"name":"user.login"}]}}}""", query.Text);
        Assert.Equal((422, "Mutations are forbidden in GET requests"), (mutation.Status, Message(mutation)));
    }

    [Fact]
    public async Task A_form_is_read_too()
    {
        var answer = await gitlab.Server.CallAsync("POST", "/api/graphql", RunningServer.AdminKey, "query=%7B+__typename+%7D", ("Content-Type", "application/x-www-form-urlencoded"));

        Assert.Equal("""{"data":{"__typename":"Query"}}""", answer.Text);
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order()
    {
        var answer = await gitlab.PostAsync(new object[] { new { query = "{ __typename }" }, new { query = "{ unknown }" }, new { query = "query A { a: __typename } query B { b: __typename }", operationName = "B" } });

        var results = JsonNode.Parse(answer.Text)!.AsArray();
        Assert.Equal((3, "Query", "Query"), (results.Count, (string?)results[0]!["data"]!["__typename"], (string?)results[2]!["data"]!["b"]));
        Assert.Equal("undefinedField", (string?)results[1]!["errors"]![0]!["extensions"]!["code"]);
    }

    [Theory]
    [InlineData("""{"query":"{ __typename }","variables":"{\"a\":1}"}""", 200, null)]
    [InlineData("""{"query":"{ __typename }","variables":""}""", 200, null)]
    [InlineData("""{"query":"{ __typename }","variables":[1]}""", 422, "Unexpected parameter: variables is neither an object nor a string")]
    [InlineData("""{"query":"{ __typename }","variables":"{"}""", 422, "Unexpected parameter: variables is not valid JSON")]
    [InlineData("""{"query":1}""", 422, "Unexpected parameter: query is not a string")]
    [InlineData("""{"query":"\ud800"}""", 422, "Unexpected parameter: half a surrogate pair, which is no character")]
    [InlineData("""{"query":"{ __typename }","variables":{"a":1e999}}""", 422, "Unexpected parameter: a number that is too large")]
    [InlineData("[1]", 422, "Unexpected parameter: an operation that is no object")]
    [InlineData("1", 422, "Unexpected parameter: the body is neither an object nor an array")]
    [InlineData("{", 400, "The body is not valid JSON")]
    [InlineData("""{"query":" "}""", 200, "Unexpected end of document")]
    [InlineData("{}", 200, "Unexpected end of document")]
    public async Task What_cannot_be_read_is_refused_in_GitLabs_form(string body, int status, string? message)
    {
        var answer = await gitlab.PostAsync(body);

        Assert.Equal((status, message), (answer.Status, answer.Json.TryGetProperty("errors", out _) ? Message(answer) : null));
    }

    [Fact]
    public async Task Documents_have_limits()
    {
        var large = await gitlab.PostAsync(new { query = "{ __typename }" + new string(' ', 10_000) });
        var many = await gitlab.PostAsync(Enumerable.Repeat(new { query = "{ __typename }" + new string(' ', 2_000) }, 5));
        var list = "auditEventDefinitions { nodes { name description } }";
        var costly = string.Concat(Enumerable.Range(0, 70).Select(i => $"a{i}: {list} "));
        var deep = $"group(fullPath: \"g\") {{ externalAuditEventDestinations {{ nodes {{ {string.Concat(Enumerable.Repeat("namespaceFilter { externalAuditEventDestination { ", 9))}name{new string('}', 18)} }} }} }}";

        Assert.Equal((422, "Query too large", 422), (large.Status, Message(large), many.Status));
        Assert.Equal("Query has complexity of 350, which exceeds max complexity of 300", await gitlab.ErrorAsync($"{{ {costly} }}"));
        Assert.Equal("Query has complexity of 350, which exceeds max complexity of 200", await gitlab.ErrorAsync($"{{ {costly} }}", key: null));
        Assert.Contains("exceeds max aliases", await gitlab.ErrorAsync($"{{ {string.Concat(Enumerable.Range(0, 101).Select(i => $"a{i}: __typename "))} }}"));
        Assert.Contains("which exceeds max depth of 20", await gitlab.ErrorAsync($"{{ {deep} }}"));
    }

    [Fact]
    public async Task A_query_may_ask_what_it_costs()
    {
        var data = await gitlab.DataAsync("{ queryComplexity { score limit } auditEventDefinitions { nodes { name } } }");

        Assert.Equal((7, 300), ((int)data["queryComplexity"]!["score"]!, (int)data["queryComplexity"]!["limit"]!));
    }

    [Fact]
    public async Task At_most_five_errors_of_a_document_are_told()
    {
        var answer = await gitlab.AskAsync("{ a b c d e f g }");

        Assert.Equal(5, answer["errors"]!.AsArray().Count);
        Assert.Equal("""{"message":"Field 'a' doesn't exist on type 'Query'","locations":[{"line":1,"column":3}],"extensions":{"code":"undefinedField","typeName":"Query","fieldName":"a"}}""", GitLabServer.Json(answer["errors"]![0]));
    }

    [Theory]
    [InlineData("abc", "Variable $id of type AuditEventsExternalAuditEventDestinationID! was provided invalid value (\"abc\" is not a valid Global ID)")]
    [InlineData("gid://gitlab/User/1", "Variable $id of type AuditEventsExternalAuditEventDestinationID! was provided invalid value (\"gid://gitlab/User/1\" does not represent an instance of AuditEvents::ExternalAuditEventDestination)")]
    public async Task An_id_of_another_class_is_refused(string id, string message) => Assert.Equal(
        message, await gitlab.ErrorAsync("mutation ($id: AuditEventsExternalAuditEventDestinationID!) { externalAuditEventDestinationDestroy(input: {id: $id}) { errors } }", new { id }));

    [Fact]
    public async Task A_missing_input_is_told_as_GitLab_tells_it()
    {
        var byVariable = (await gitlab.AskAsync("mutation ($input: ExternalAuditEventDestinationCreateInput!) { externalAuditEventDestinationCreate(input: $input) { errors } }", new { input = new { groupPath = "acme" } }))["errors"]![0]!;
        var byLiteral = (await gitlab.AskAsync("mutation { externalAuditEventDestinationCreate(input: {groupPath: \"acme\"}) { errors } }"))["errors"]![0]!;

        Assert.Equal("Variable $input of type ExternalAuditEventDestinationCreateInput! was provided invalid value for destinationUrl (Expected value to not be null)", (string?)byVariable["message"]);
        Assert.Equal("""[{"path":["destinationUrl"],"explanation":"Expected value to not be null"}]""", GitLabServer.Json(byVariable["extensions"]!["problems"]));
        Assert.Equal("Argument 'destinationUrl' on InputObject 'ExternalAuditEventDestinationCreateInput' is required. Expected type String!", (string?)byLiteral["message"]);
        Assert.Equal("missingRequiredInputObjectAttribute", (string?)byLiteral["extensions"]!["code"]);
    }

    private static string? Message(Answer answer) => answer.Json.GetProperty("errors") is { ValueKind: JsonValueKind.Array } errors ? errors[0].GetProperty("message").GetString() : null;
}
