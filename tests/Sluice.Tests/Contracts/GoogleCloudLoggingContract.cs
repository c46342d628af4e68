using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;
using Sluice.Tests.Destinations.GoogleCloudLogging;

namespace Sluice.Tests.Contracts;

public sealed class GoogleCloudLoggingContract() : DestinationContract(new GoogleCloudLoggingFixture());

internal sealed class GoogleCloudLoggingFixture : DestinationFixture
{
    /// <summary>When the suite's clock begins.</summary>
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 8, 0, 0, TimeSpan.Zero);

    private readonly HashSet<string> _poison = [];
    private readonly LogWriter _account = new();
    private readonly GoogleCloudLogging _google;

    public GoogleCloudLoggingFixture() => _google = new GoogleCloudLogging(_account.Tokens(() => Now), () => Now, _poison);

    public override IReadOnlyList<string> Secrets => [_account.PrivateKey, "17-of-the-header"];

    public override Reply Refused => new(400, """{"error":{"code":400,"message":"Something is wrong with an entry.","status":"INVALID_ARGUMENT"}}""");

    public override JsonObject Settings(string endpoint)
    {
        var settings = _account.Settings(endpoint);
        settings["headers"] = new JsonArray(new JsonObject { ["name"] = "X-Api-Token", ["value"] = Secrets[1] });
        return settings;
    }

    public override bool IsDelivery(ReceivedRequest request) => request.Path != GoogleTokens.Path;

    public override IReadOnlyList<JsonElement> Events(byte[] body) => body[0] == '{'
        ? [.. JsonDocument.Parse(body).RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("jsonPayload"))]
        : [];

    public override Reply Answer(ReceivedRequest request, IReadOnlySet<string> poison)
    {
        _poison.UnionWith(poison);
        return _google.Answer(request);
    }

    /// <summary>An error that names entries has written all others.</summary>
    public override IReadOnlyList<string> Taken(ReceivedRequest request, Reply reply) =>
        reply.Body.Contains("logEntryErrors", StringComparison.Ordinal) ? [.. Ids(request).Except(_poison)] : base.Taken(request, reply);
}
