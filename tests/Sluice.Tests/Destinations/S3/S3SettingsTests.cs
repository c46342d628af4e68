using System.Text.Json.Nodes;
using Sluice.Delivery.Definitions;
using Sluice.Destinations;
using Sluice.Server.Endpoints;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.S3;

public sealed class S3SettingsTests
{
    private const string Whole = """{"provider":"s3","access_key_id":"AKIDAKID","secret_access_key":"secretkey","bucket":"audit-log","region":"eu-central-1","enabled":false}""";

    [Theory]
    [InlineData("access_key_id", "null", "access_key_id")]
    [InlineData("secret_access_key", "\"with blank\"", "secret_access_key")]
    [InlineData("bucket", "null", "bucket")]
    [InlineData("bucket", "\"s3://audit\"", "bucket")]
    [InlineData("bucket", "\"a.b/c\"", "bucket")]
    [InlineData("bucket", "\"evil.com#\"", "bucket")]
    [InlineData("bucket", "\"Upper\"", "bucket")]
    [InlineData("region", "null", "region")]
    [InlineData("region", "\"eu.evil.com/\"", "region")]
    [InlineData("prefix", "\"/audit\"", "prefix")]
    [InlineData("prefix", "\"a//b\"", "prefix")]
    [InlineData("prefix", "\"a/../b\"", "prefix")]
    [InlineData("prefix", "\"a b\"", "prefix")]
    [InlineData("layout", "\"hive\"", "layout")]
    [InlineData("endpoint", "\"https://minio.example.com/bucket\"", "endpoint")]
    [InlineData("endpoint", "\"http://8.8.8.8\"", "endpoint")]
    [InlineData("token", "\"x\"", "token")]
    public async Task What_cannot_work_is_refused_with_its_name(string member, string value, string field)
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var given = JsonNode.Parse(Whole)!.AsObject();
        given[member] = JsonNode.Parse(value);

        var refused = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync(given.ToJsonString()));

        Assert.Equal(field, refused.Field);
    }

    [Fact]
    public async Task The_secret_is_replaced_only_when_it_is_given_and_never_shown()
    {
        await using var streams = await StreamHarness.StartAsync(DestinationCatalogue.All);
        var id = (await streams.CreateAsync(Whole)).Definition.Id;

        var view = await streams.UpdateAsync(id, """{"bucket":"other-bucket"}""");

        var shown = DestinationAnswer.Of(view, StreamHarness.Admin);
        Assert.Equal(["access_key_id", "secret_access_key"], view.Definition.CredentialsSet);
        Assert.Equal("other-bucket", shown["bucket"]!.GetValue<string>());
        Assert.DoesNotContain("secretkey", shown.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDAKID", shown.ToJsonString(), StringComparison.Ordinal);
    }
}
