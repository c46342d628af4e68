using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.CloudWatch;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Tests.Destinations.CloudWatch;

public sealed class CloudWatchSettingsTests
{
    [Theory]
    [InlineData("https://logs.eu-central-1.amazonaws.com", "eu-central-1")]
    [InlineData("https://logs-fips.us-gov-west-1.amazonaws.com/", "us-gov-west-1")]
    [InlineData("https://logs.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("https://logs.eu-west-1.api.aws", "eu-west-1")]
    [InlineData("https://vpce-0a1b-2c3d.logs.eu-west-1.vpce.amazonaws.com", "eu-west-1")]
    [InlineData("https://logs.example.com", null)]
    public void The_region_is_read_from_the_endpoint(string endpoint, string? region) => Assert.Equal(region, Settings(endpoint).UsedRegion);

    [Fact]
    public void A_region_that_is_given_is_used() => Assert.Equal("eu-north-1", (Settings() with { Region = "eu-north-1" }).UsedRegion);

    [Fact]
    public void What_cannot_work_is_refused_by_name()
    {
        Refused("region", Settings("https://logs.example.com"));
        Refused("region", Settings() with { Region = "EU/1" });
        Refused("compression", Settings() with { Compression = HttpCompression.Gzip });
        Refused("access_key_id", Settings() with { AccessKeyId = new Secret("a,b") });
        Refused("secret_access_key", Settings() with { SecretAccessKey = new Secret("") });
        Refused("log_group", Settings() with { LogGroup = "a b" });
        Refused("log_stream", Settings() with { LogStream = "a:b" });
        Refused("headers", Settings() with { Headers = new CustomHeaders([new CustomHeader("x-amz-date", new Secret("1"), true, false)]) });
        Settings().Check(new DeliverySettings());
    }

    private static void Refused(string field, CloudWatchSettings settings) =>
        Assert.Equal(field, Assert.Throws<DefinitionException>(() => settings.Check(new DeliverySettings())).Field);

    private static CloudWatchSettings Settings(string endpoint = "https://logs.eu-central-1.amazonaws.com") =>
        new() { Endpoint = Endpoint.Parse(endpoint), AccessKeyId = new Secret("AKIDEXAMPLE"), SecretAccessKey = new Secret("s3cret") };
}
