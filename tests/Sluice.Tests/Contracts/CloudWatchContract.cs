using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Emulators.Aws;

namespace Sluice.Tests.Contracts;

public sealed class CloudWatchContract() : DestinationContract(new CloudWatchFixture());

internal sealed class CloudWatchFixture : DestinationFixture
{
    private CloudWatchEmulator? _cloudWatch;

    public override IReadOnlyList<string> Secrets => ["AKIDEXAMPLE42", "wJalrXUtnFEMI/K7MDENG"];

    public override Reply Refused => CloudWatchEmulator.Error("InvalidParameterException", "there is something wrong with an event");

    public override Reply ExpiredKey => CloudWatchEmulator.Error("ExpiredTokenException", "The security token included in the request is expired");

    public override bool TakesGzip => false;

    public override int MostEvents => 10_000;

    /// <summary>Messages count as they are before JSON escapes their quotes.</summary>
    public override int MostBytes => 2_000_000;

    private CloudWatchEmulator CloudWatch => _cloudWatch ??= Make();

    public override JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "cloudwatch",
        ["endpoint"] = endpoint,
        ["access_key_id"] = Secrets[0],
        ["secret_access_key"] = Secrets[1],
        ["region"] = "eu-central-1",
    };

    public override IReadOnlyList<JsonElement> Events(byte[] body) =>
        [.. JsonDocument.Parse(body).RootElement.GetProperty("logEvents").EnumerateArray().Select(one => JsonDocument.Parse(one.GetProperty("message").GetString()!).RootElement)];

    public override bool IsDelivery(ReceivedRequest request) => request.Headers["X-Amz-Target"] == "Logs_20140328.PutLogEvents";

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison) =>
        IsDelivery(request) && Ids(request).Any(poison.Contains) ? Refused : CloudWatch.Answer(request);

    private CloudWatchEmulator Make()
    {
        var emulator = new CloudWatchEmulator(new AwsSignature(Secrets[0], Secrets[1], "eu-central-1", "logs", Time), Time);
        emulator.Add("sluice", "sluice");
        return emulator;
    }
}
