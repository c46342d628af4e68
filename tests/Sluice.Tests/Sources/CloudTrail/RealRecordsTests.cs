using System.Text.Json.Nodes;
using Sluice.Sources.CloudTrail;

namespace Sluice.Tests.Sources.CloudTrail;

/// <summary>The mapping against 2,900 records of a real account.</summary>
public sealed class RealRecordsTests
{
    [Fact]
    public void All_of_them_are_accepted()
    {
        var records = RealRecords.OrSkip();

        using var request = Some.Parse(string.Join('\n', Events(records)), lines: true);

        Assert.Empty(request.Rejected);
        Assert.Equal((2_900, 2_900), (records.Count, request.Accepted.Count));
    }

    [Fact]
    public void Every_record_can_be_had_back_from_what_is_stored()
    {
        var records = RealRecords.OrSkip();
        using var request = Some.Parse(string.Join('\n', Events(records)), lines: true);

        for (var i = 0; i < records.Count; i++)
        {
            var rebuilt = Rebuild(JsonNode.Parse(Some.BodyOf(request.Accepted, i))!.AsObject());
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(records[i]), rebuilt), $"{records[i]}\n{rebuilt.ToJsonString()}");
        }
    }

    [Fact]
    public void Their_outcomes_are_those_of_their_error_codes()
    {
        var outcomes = Events(RealRecords.OrSkip()).CountBy(text => JsonNode.Parse(text)!["outcome"]!.GetValue<string>()).ToDictionary();

        Assert.Equal((2_600, 60, 240), (outcomes["success"], outcomes["denied"], outcomes["failure"]));
    }

    private static IEnumerable<string> Events(IEnumerable<string> records)
    {
        var source = new CloudTrailSource("acme");
        return records.Select((record, index) => Mapped.Write(source, record, index + 1).Text);
    }

    private static JsonObject Rebuild(JsonObject @event)
    {
        var record = @event["metadata"]!.DeepClone().AsObject();
        Put(record, "eventID", @event["id"]);
        Put(record, "sourceIPAddress", @event["source_ip"]);
        Put(record, "userAgent", @event["user_agent"]);
        Put(record, "requestID", @event["request_id"]);
        if (!record.ContainsKey("eventTime")) record["eventTime"] = @event["timestamp"]!.GetValue<string>().Replace(".000000000Z", "Z", StringComparison.Ordinal);
        if (record["userIdentity"] is not JsonObject identity) return record;
        Put(identity, "userName", @event["actor"]!["name"]);
        Put(identity, "accessKeyId", @event["api_key_id"]);
        return record;
    }

    private static void Put(JsonObject parent, string name, JsonNode? value)
    {
        if (value is not null) parent[name] = value.DeepClone();
    }
}
