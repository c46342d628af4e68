using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.EndToEnd.Durability.Receivers;

/// <summary>Elasticsearch, several requests at a time: it has no room for some documents of some requests, and says 409 of those that it has.</summary>
internal sealed class ElasticBackend : Backend
{
    private const string Key = "a2V5OnNlY3JldA==", Index = "audit";
    private const int FullOfHundred = 10, RefusedOfHundred = 30;

    private static readonly ElasticItem NoRoom = new(429, "es_rejected_execution_exception", "rejected execution of coordinating operation");

    private readonly ElasticEmulator _elastic = new($"ApiKey {Key}");
    private readonly Random _random;
    private bool _isFull;

    public ElasticBackend(int seed)
        : base(keepsOrder: false)
    {
        _random = new Random(seed);
        _elastic.Judge = _ => _isFull && _random.Next(100) < RefusedOfHundred ? NoRoom : null;
    }

    public override JsonObject Destination(string address) =>
        new() { ["provider"] = "elastic", ["endpoint"] = address, ["token"] = Key, ["index"] = Index, ["max_in_flight"] = 4 };

    public override IReadOnlyList<long> SequencesOf(ReceivedRequest request) => Sequences(request.Body);

    public override Reply Take(ReceivedRequest request, IReadOnlyList<long> sequences)
    {
        _isFull = IsMoody && _random.Next(100) < FullOfHundred;
        var reply = _elastic.Answer(request);
        if (!reply.IsSuccess) Record.Fault($"Elasticsearch does not like a request: {reply.Body}");
        else Record.Confirm([.. Statuses(reply).Zip(sequences).Where(one => one.First is 201 or 409).Select(one => one.Second)]);
        if (reply.Body.Contains("\"errors\":true", StringComparison.Ordinal)) Record.MayRepeat(sequences);
        return reply;
    }

    public override void MustHold(long events)
    {
        Assert.Equal(events, _elastic.Documents.Count);
        Assert.Equal(events, _elastic.Documents.Values.Select(document => document.GetProperty("sequence").GetInt64()).Distinct().Count());
    }

    private static IEnumerable<int> Statuses(Reply reply)
    {
        using var said = JsonDocument.Parse(reply.Body);
        return [.. said.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("create").GetProperty("status").GetInt32())];
    }
}
