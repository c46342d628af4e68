using System.Security.Cryptography;
using System.Text;
using Sluice.Destinations.Aws;
using Sluice.Secrets;

namespace Sluice.Tests.Destinations.Aws;

public sealed class AwsSignatureTests
{
    private static readonly Secret KeyId = new("AKIAIOSFODNN7EXAMPLE");
    private static readonly Secret Key = new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    [Fact]
    public void An_object_of_S3_is_signed_as_the_published_vector_says()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData("{\"id\":\"evt_1\"}\n"u8));

        var signed = new AwsSignature(KeyId, Key, "us-east-1", "s3").Sign(
            HttpMethod.Put,
            "bkt.s3.us-east-1.amazonaws.com",
            "/audit/tenant%3Dt1/date%3D2026-01-01/b1.ndjson",
            [new("If-None-Match", "*"), new("x-amz-content-sha256", hash)],
            hash,
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal("20260101T000000Z", signed[0].Value);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;if-none-match;x-amz-content-sha256;x-amz-date, "
            + "Signature=c8f7e0dc5605f61cb7c79d1ac71c9a7da30754e147737ce2c768019a455785c7",
            signed[1].Value);
    }

    [Fact]
    public void A_call_of_another_service_is_signed_as_the_published_vector_says()
    {
        var body = Encoding.UTF8.GetBytes("""{"logGroupName":"g","logStreamName":"s","logEvents":[{"timestamp":1767225600123,"message":"{}"}]}""");

        var signed = new AwsSignature(KeyId, Key, "us-east-1", "logs").Sign(
            HttpMethod.Post,
            "logs.us-east-1.amazonaws.com",
            "/",
            [new("Content-Type", "application/x-amz-json-1.1"), new("X-Amz-Target", "Logs_20140328.PutLogEvents")],
            Convert.ToHexStringLower(SHA256.HashData(body)),
            new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.EndsWith("f2e5ac18d41788f8bbfbd87453df12c84bd952c7c740f80417bdbfb980ca3fc2", signed[1].Value, StringComparison.Ordinal);
    }

    /// <summary>The example in the S3 manual: PUT test$file.text into examplebucket.</summary>
    [Fact]
    public void The_example_of_the_manual_comes_out_the_same()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData("Welcome to Amazon S3."u8));

        var signed = new AwsSignature(KeyId, Key, "us-east-1", "s3").Sign(
            HttpMethod.Put,
            "examplebucket.s3.amazonaws.com",
            "/test%24file.text",
            [new("Date", "Fri, 24 May 2013 00:00:00 GMT"), new("x-amz-content-sha256", hash), new("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            hash,
            new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

        Assert.EndsWith("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd", signed[1].Value, StringComparison.Ordinal);
    }
}
