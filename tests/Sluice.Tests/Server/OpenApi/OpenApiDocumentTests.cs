using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Server.Dialects;
using Sluice.Server.OpenApi;
using Sluice.Tests.Approved;

namespace Sluice.Tests.Server.OpenApi;

public sealed class OpenApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_is_the_approved_one() => ApprovedText.Check("openapi.v1.json", (await DocumentAsync()).ToJsonString(Indented) + "\n");

    [Fact]
    public async Task Every_call_is_described_and_every_description_is_of_a_call()
    {
        var calls = Calls(await DocumentAsync()).ToList();

        Assert.Empty(calls.Select(call => call.Route).Except(OpenApiDescription.Calls.Keys));
        Assert.Empty(OpenApiDescription.Calls.Keys.Except(calls.Select(call => call.Route)));
        Assert.Equal(calls.Count, calls.Select(call => call.Operation["operationId"]!.GetValue<string>()).Distinct().Count());
        Assert.All(calls, call => Assert.NotEmpty(call.Operation["summary"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_refusal_is_a_problem_and_says_when_to_come_back_where_that_helps()
    {
        foreach (var (route, operation) in Calls(await DocumentAsync()))
        {
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5'))
            {
                Assert.True(response!["content"]![ErrorSpellings.Of(route.Split(' ')[1]).ContentType] is not null, $"{route} {status}");
                Assert.Equal(status is "429" or "503" or "507", response["headers"]?["Retry-After"] is not null);
            }
        }
    }

    [Fact]
    public async Task The_body_of_events_may_be_an_object_an_array_or_lines()
    {
        var content = (await DocumentAsync())["paths"]!["/v1/audit/events"]!["post"]!["requestBody"]!["content"]!.AsObject();

        Assert.Equal(["application/json", "application/x-ndjson", "application/jsonl"], content.Select(type => type.Key));
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        foreach (var reference in References(document))
            Assert.True(reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name]) is not null, reference);
    }

    [Fact]
    public void Every_member_that_a_user_sets_for_a_destination_is_explained()
    {
        var members = DestinationCatalogue.All.SelectMany(kind => kind.Schema.Members).Concat(new SettingsSchema(typeof(StreamSettings)).Members);

        Assert.All(members, member => Assert.True(member.Description.Length > 0, $"{member.Name} needs a [Description]."));
    }

    private static async Task<JsonNode> DocumentAsync()
    {
        await using var server = await RunningServer.StartAsync();
        return JsonNode.Parse((await server.CallAsync("GET", "/openapi/v1.json", key: null)).Text)!;
    }

    private static IEnumerable<(string Route, JsonNode Operation)> Calls(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [member.Value!.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
