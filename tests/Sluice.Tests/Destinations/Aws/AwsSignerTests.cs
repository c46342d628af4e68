using System.Text;
using Sluice.Destinations.Aws;
using Sluice.Secrets;

namespace Sluice.Tests.Destinations.Aws;

/// <summary>The vectors are those of the S3 manual, and two that were checked against AWS's own library.</summary>
public sealed class AwsSignerTests
{
    private const string Body = """{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1767225600123,"message":"{}"}]}""";

    private static readonly AwsCredentials Credentials = new(new Secret("AKIAIOSFODNN7EXAMPLE"), new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    private static readonly DateTimeOffset NewYear = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset OfTheManual = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_call_of_cloudwatch_is_signed()
    {
        var signed = Sign("logs", "POST", "https://logs.us-east-1.amazonaws.com/", Body, NewYear, ("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "Logs_20140328.PutLogEvents"));

        Assert.Equal(["X-Amz-Date", "Authorization"], signed.Select(header => header.Name));
        Assert.Equal("20260101T000000Z", signed[0].Value);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/logs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=f2e5ac18d41788f8bbfbd87453df12c84bd952c7c740f80417bdbfb980ca3fc2",
            signed[1].Value);
    }

    [Fact]
    public void An_object_of_s3_is_signed() => Assert.EndsWith(
        "SignedHeaders=host;if-none-match;x-amz-content-sha256;x-amz-date, Signature=c8f7e0dc5605f61cb7c79d1ac71c9a7da30754e147737ce2c768019a455785c7",
        Sign("s3", "PUT", "https://bkt.s3.us-east-1.amazonaws.com/audit/tenant%3Dt1/date%3D2026-01-01/b1.ndjson", "{\"id\":\"evt_1\"}\n", NewYear, ("If-None-Match", "*"))[^1].Value);

    [Theory]
    [InlineData("https://bkt.s3.us-east-1.amazonaws.com/audit/tenant=t1/date=2026-01-01/b1.ndjson")]
    public void How_much_of_a_path_is_encoded_changes_nothing(string address) => Assert.EndsWith(
        "c8f7e0dc5605f61cb7c79d1ac71c9a7da30754e147737ce2c768019a455785c7",
        Sign("s3", "PUT", address, "{\"id\":\"evt_1\"}\n", NewYear, ("If-None-Match", "*"))[^1].Value);

    [Fact]
    public void The_examples_of_the_manual_hold()
    {
        const string bucket = "https://examplebucket.s3.amazonaws.com/";

        Assert.EndsWith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", Sign("s3", "GET", bucket + "test.txt", "", OfTheManual, ("Range", "bytes=0-9"))[^1].Value);
        Assert.EndsWith(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            Sign("s3", "PUT", bucket + "test$file.text", "Welcome to Amazon S3.", OfTheManual, ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"))[^1].Value);
        Assert.EndsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", Sign("s3", "GET", bucket + "?lifecycle", "", OfTheManual)[^1].Value);
        Assert.EndsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", Sign("s3", "GET", bucket + "?max-keys=2&prefix=J", "", OfTheManual)[^1].Value);
    }

    [Fact]
    public void Temporary_credentials_show_their_token()
    {
        var signer = new AwsSigner(Credentials with { SessionToken = new Secret("t0ken") }, "us-east-1", "logs");

        var signed = signer.Sign("POST", new Uri("https://logs.us-east-1.amazonaws.com/"), [], [], NewYear);

        Assert.Contains(("X-Amz-Security-Token", "t0ken"), signed);
        Assert.Contains("SignedHeaders=host;x-amz-date;x-amz-security-token,", signed[^1].Value);
    }

    private static IReadOnlyList<(string Name, string Value)> Sign(string service, string method, string address, string body, DateTimeOffset now, params (string, string)[] headers) =>
        new AwsSigner(Credentials, "us-east-1", service).Sign(method, new Uri(address), headers, Encoding.UTF8.GetBytes(body), now);
}
