using System.Text.Json.Nodes;
using Sluice.Server.Apply;

namespace Sluice.Tests.Server.Apply;

public sealed class DestinationsFileTests
{
    [Theory]
    [InlineData("5", "5")]
    [InlineData("-1.5e3", "-1.5e3")]
    [InlineData("true", "true")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("text", "\"text\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("007", "\"007\"")]
    [InlineData("2026-03-15T08:42:17Z", "\"2026-03-15T08:42:17Z\"")]
    [InlineData("\"5\"", "\"5\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("|-\n      a\n      b", "\"a\\nb\"")]
    [InlineData("[a, 1, {b: c}]", """["a",1,{"b":"c"}]""")]
    public void Values_are_what_JSON_takes_them_for(string yaml, string json) =>
        Assert.Equal(json, Value($"  value: {yaml}")?.ToJsonString() ?? "null");

    [Fact]
    public void Members_reach_the_API_as_they_stand_in_the_file()
    {
        var file = Declared.File("""
            destinations:
              - name: SOC
                provider: webhook
                tenant_id: acme
                endpoint: https://siem.example.com/in
                event_types: [user.*, "key.rotated"]
                mask_personal: true
                headers:
                  - {name: X-Team, value: audit}
                filter: null
                force: true
            """);

        var one = Assert.Single(file.Destinations);
        Assert.Equal(("SOC", "acme", true), (one.Name, one.TenantId, one.Force));
        Assert.Equal(
            """{"name":"SOC","provider":"webhook","tenant_id":"acme","endpoint":"https://siem.example.com/in","event_types":["user.*","key.rotated"],"mask_personal":true,"headers":[{"name":"X-Team","value":"audit"}],"filter":null}""",
            one.Given.ToJsonString());
    }

    [Fact]
    public void Every_fault_is_named_with_its_line_and_column() =>
        Assert.Equal(
            [
                "d.yaml:4:5: SOC: There is no member colour.",
                "d.yaml:5:5: SOC: status is Sluice's to set: leave it out.",
                "d.yaml:6:27: SOC: An event type is an action, such as user.login, or one with a trailing .*, such as user.*",
                "d.yaml:8:5: SOC: max_in_flight: Expected a whole number.",
                "d.yaml:9:5: Other: endpoint is required.",
                "d.yaml:11:5: Other: index belongs to provider splunk, not to webhook.",
                "d.yaml:12:5: name is required: a destination is known by it.",
                "d.yaml:12:5: There is no such provider. Known: webhook, splunk, datadog",
                "d.yaml:13:5: A destination has members: name, provider and those of its provider.",
            ],
            Declared.Problems("""
            destinations:
              - name: SOC
                provider: webhook
                colour: red
                status: active
                event_types: [user.*, "a.*.b"]
                endpoint: https://siem.example.com
                max_in_flight: many
              - name: Other
                provider: webhook
                index: main
              - provider: carrier_pigeon
              - text
            """).Select(line => line.Split(", cloudwatch")[0]));

    [Fact]
    public void A_fault_in_a_filter_is_named_with_its_place_in_the_filter() =>
        Assert.Matches(
            @"^d\.yaml:4:5: SOC: .* \(column \d+ of filter\)$",
            Assert.Single(Declared.Problems("destinations:\n  - name: SOC\n    provider: stdout\n    filter: outcome EQUALS denied\n")));

    [Theory]
    [InlineData("destinations: [\n", "d.yaml:2:")]
    [InlineData("destinations: []\ndestinations: []\n", "d.yaml:2:1: This is not YAML")]
    [InlineData("", "d.yaml:1:1: The file has one member, destinations")]
    [InlineData("- name: SOC\n", "d.yaml:1:1: The file has one member, destinations")]
    [InlineData("destinations: {}\n", "d.yaml:1:1: The file has one member, destinations")]
    [InlineData("destinations: []\nversion: 2\n", "d.yaml:2:1: There is no member version.")]
    [InlineData("destinations: []\n---\ndestinations: []\n", "d.yaml:3:1: The file has one member, destinations")]
    public void A_file_of_another_shape_is_refused_with_the_place(string yaml, string said) =>
        Assert.StartsWith(said, Declared.Problems(yaml)[0], StringComparison.Ordinal);

    [Fact]
    public void A_name_is_given_once_in_a_tenant()
    {
        const string one = "  - {name: A, provider: stdout}\n", its = "  - {name: A, provider: stdout, tenant_id: acme}\n";

        Assert.Equal(2, Declared.File($"destinations:\n{one}{its}").Destinations.Count);
        Assert.Equal("d.yaml:4:6: A is there already, in line 2: a name is given once in a tenant.", Assert.Single(Declared.Problems($"destinations:\n{one}{its}{one}")));
    }

    [Fact]
    public void A_value_that_holds_itself_is_refused() =>
        Assert.Contains("nested too deep", Declared.Problems("destinations:\n  - name: A\n    provider: stdout\n    fields: &f [*f]\n")[0], StringComparison.Ordinal);

    [Fact]
    public void A_tag_is_refused_with_what_to_write() =>
        Assert.Contains("{env: NAME}", Declared.Problems("destinations:\n  - name: A\n    provider: stdout\n    filter: !env NAME\n")[0], StringComparison.Ordinal);

    private static JsonNode? Value(string member)
    {
        var stream = new YamlDotNet.RepresentationModel.YamlStream();
        stream.Load(new StringReader(member.TrimStart() + "\n"));
        var problems = new List<FileProblem>();
        var value = new YamlValues(new References("/nowhere", _ => null), problems).ReadMembers((YamlDotNet.RepresentationModel.YamlMappingNode)stream.Documents[0].RootNode)["value"];
        Assert.Empty(problems);
        return value?.DeepClone();
    }
}
