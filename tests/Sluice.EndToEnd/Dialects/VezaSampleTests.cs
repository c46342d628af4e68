using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects;

/// <summary>
/// The lines of Veza's document, character by character: only host and token are the reader's own, as there. Their times are of 2023, which no server of today
/// lets a query begin with: it says so, and from when on it does.
/// </summary>
public sealed class VezaSampleTests
{
    private static readonly string[] Times = ["2023-08-04T22:11:25.915674671Z", "2023-08-07T22:11:25.915674671Z"];

    [Theory]
    [InlineData("veza/list.sh", 1)]
    [InlineData("veza/export.sh", 5)]
    public async Task The_documents_line_is_understood_and_with_a_time_of_today_it_is_answered(string sample, int size)
    {
        using var folder = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        for (var i = 0; i < 7; i++)
            (await server.Client.PostEventAsync($$$"""{"id":"e{{{i}}}","action":"api.call","outcome":"success","actor":{"type":"user","id":"u"},"api_call":{"method":"GET"}}""")).Expect(200);
        var lines = Sample.Read(sample);

        var refused = await RunAsync(lines, server);
        Assert.Equal("INVALID_ARGUMENT", (string?)refused["code"]);
        Assert.Contains("The earliest time that can be asked for now is", (string)refused["message"]!, StringComparison.Ordinal);

        var anHourAgo = TimeProvider.System.GetUtcNow().AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var page = await RunAsync(Times.Aggregate(lines, (text, time) => text.Replace(time, anHourAgo, StringComparison.Ordinal)), server);
        Assert.Equal(Enumerable.Range(0, size).Select(i => $"e{i}"), page["values"]!.AsArray().Select(value => (string)value!["request_id"]!));
        var shape = JsonNode.Parse(Sample.Read("veza/event.json"))!.AsObject();
        foreach (var value in page["values"]!.AsArray()) Assert.Equal(Names(shape), Names(value!));

        var token = (string)page["next_page_token"]!;
        var next = await RunAsync(lines.Replace("page_token=", $"page_token={token}", StringComparison.Ordinal), server);
        Assert.Equal($"e{size}", (string?)next["values"]![0]!["request_id"]);
    }

    private static async Task<JsonNode> RunAsync(string lines, SluiceProcess server) => JsonNode.Parse(await Sample.RunShellAsync(
        lines, ("VEZA_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("VEZA_TOKEN", SluiceProcess.AdminKey)))!;

    /// <summary>Names of members, in order, and of those of the objects that always have the same.</summary>
    private static IEnumerable<string> Names(JsonNode value) => value.AsObject().SelectMany(member =>
        member.Key is "identity" or "status" or "client" ? member.Value!.AsObject().Select(it => $"{member.Key}.{it.Key}") : [member.Key]);
}
