using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>
/// Splunk with indexer acknowledgement: what it takes it indexes later, some of it never. Only what it has said to be indexed is confirmed.
/// </summary>
internal sealed class SplunkBackend(int seed) : Backend
{
    private const string Token = "0e5a1f0c-5a4e-4f7e-9a4b-2f6d3c1b0a99";
    private const int LostOfHundred = 2, LongestDelay = 3_000;

    private readonly SplunkEmulator _splunk = new(Token) { Indexes = false };
    private readonly Dictionary<(string Channel, long Request), Taken> _taken = [];
    private readonly Random _random = new(seed);

    public override JsonObject Destination(string address) => new() { ["provider"] = "splunk", ["endpoint"] = address, ["token"] = Token, ["acknowledge"] = true };

    public override IReadOnlyList<long> SequencesOf(ReceivedRequest request) =>
        IsQuestion(request) ? [] : Sequences(request.Body, depth: 2);

    public override Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences)
    {
        var channel = request.Headers.GetValueOrDefault("X-Splunk-Request-Channel", "");
        if (IsQuestion(request)) return Acknowledge(request, channel);
        var reply = _splunk.Answer(request);
        if (reply.IsSuccess) _taken[(channel, (long)JsonNode.Parse(reply.Body)!["ackId"]!)] = new Taken(sequences, IsMoody && _random.Next(100) < LostOfHundred, Due());
        else Record.Fault($"Splunk does not like a request: {reply.Body}");
        return reply;
    }

    private Reply Acknowledge(ReceivedRequest request, string channel)
    {
        foreach (var (id, taken) in _taken.Where(pair => IsIndexed(pair.Value))) _splunk.Index(id.Channel, id.Request);
        var reply = _splunk.Answer(request);
        foreach (var (id, said) in JsonNode.Parse(reply.Body)!["acks"]!.AsObject())
        {
            if ((bool)said! && _taken.Remove((channel, long.Parse(id, CultureInfo.InvariantCulture)), out var taken)) Record.Confirm(taken.Sequences);
        }

        return reply;
    }

    /// <summary>When it is well, it finds again what it had lost.</summary>
    private bool IsIndexed(Taken taken) => !IsMoody || (!taken.IsLost && taken.Due <= Stopwatch.GetTimestamp());

    private long Due() => Stopwatch.GetTimestamp() + (_random.Next(LongestDelay) * Stopwatch.Frequency / 1_000);

    private static bool IsQuestion(ReceivedRequest request) => request.Path.Contains("/ack", StringComparison.Ordinal);

    private sealed record Taken(IReadOnlyList<long> Sequences, bool IsLost, long Due);
}
