using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>A webhook that checks each request's signature.</summary>
internal sealed class WebhookBackend : Backend
{
    private const string Secret = "the-receivers-secret";

    public override JsonObject Destination(string address) => new() { ["provider"] = "webhook", ["endpoint"] = $"{address}/hook", ["secret"] = Secret };

    public override IReadOnlyList<long> SequencesOf(ReceivedRequest request)
    {
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), request.RawBody))}";
        if (request.Headers.GetValueOrDefault("X-Sluice-Signature") != signature) Record.Fault("A request's signature was wrong.");
        return Sequences(request.Body, depth: 2);
    }

    public override Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences)
    {
        Record.Confirm(sequences);
        return new Reply(200);
    }
}
