using System.Text.Json.Nodes;
using Sluice.EndToEnd.Durability;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects.Connectors;

/// <summary>The configurations that are shipped for SIEMs, each driven by its connector's own rules of paging.</summary>
public sealed class ConnectorTests
{
    private const int Writers = 4, Polls = 12;

    [Theory]
    [InlineData("Splunk", 1_000)]
    [InlineData("Splunk", 3)]
    [InlineData("Elastic", 1_000)]
    [InlineData("Elastic", 3)]
    [InlineData("QRadar", 1_000)]
    [InlineData("QRadar", 3)]
    public async Task Every_event_arrives_once_over_polls_while_new_ones_come_in(string product, int pageSize)
    {
        using var folder = new DataFolder();
        using var state = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        using var anybody = new SluiceClient(server.Address, null);
        IConnector connector = product switch
        {
            "Splunk" => new SplunkScript(server, state.Path, pageSize),
            "Elastic" => new HttpJsonInput(server, anybody.Http, pageSize),
            _ => new QRadarWorkflow(server, anybody.Http, pageSize),
        };
        var seen = new List<string>(await connector.PollAsync());
        Assert.Empty(seen);

        await using (var load = new Load(new Random(pageSize), Load.Styles(pageSize < 10 ? 1 : Writers)))
        {
            load.Start(server.Client);
            for (var poll = 0; poll < Polls; poll++) seen.AddRange(await connector.PollAsync());
            load.MustRun();
            await load.StopAsync();
        }

        seen.AddRange(await connector.PollAsync());
        Assert.Empty(await connector.PollAsync());
        var committed = new List<string>();
        await foreach (var line in server.Client.ExportAsync(-1)) committed.Add((string)line["id"]!);
        Assert.NotEmpty(committed);
        Assert.Equal(committed, seen.Select(text => (string)JsonNode.Parse(text)!["event_id"]!));
    }

    [Fact]
    public async Task A_connector_that_died_before_it_moved_its_place_repeats_a_page_and_leaves_none_out()
    {
        using var folder = new DataFolder();
        using var state = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        var splunk = new SplunkScript(server, state.Path, 2);
        await PostAsync(server, "a", "b", "c");
        Assert.Equal(["a", "b", "c"], Ids(await splunk.PollAsync()));
        var place = await File.ReadAllTextAsync(splunk.Checkpoint);
        await PostAsync(server, "d", "e");
        Assert.Equal(["d", "e"], Ids(await splunk.PollAsync()));

        await File.WriteAllTextAsync(splunk.Checkpoint, place);

        Assert.Equal(["d", "e"], Ids(await splunk.PollAsync()));
    }

    [Fact]
    public async Task What_a_person_must_know_is_said_where_the_connector_shows_it()
    {
        using var folder = new DataFolder();
        using var state = new DataFolder();
        await using var server = await SluiceProcess.StartAsync(folder.Path);
        await PostAsync(server, "a");
        using var anybody = new SluiceClient(server.Address, null);
        var (splunk, qradar) = (new SplunkScript(server, state.Path, 10), new QRadarWorkflow(server, anybody.Http, 10));
        await splunk.PollAsync();
        await qradar.PollAsync();
        Assert.NotNull(qradar.Kept("/page_token"));
        await File.WriteAllTextAsync(splunk.Checkpoint, "changed");
        server.Kill();
        await using var again = await SluiceProcess.StartAsync(folder.Path, server.Port);

        var (code, output) = await splunk.RunAsync();

        Assert.Equal((1, "Sluice answered 400: 'page_token' was not made by this call.\n"), (code, output.Error));
        Assert.Empty(await qradar.PollAsync());
    }

    private static async Task PostAsync(SluiceProcess server, params string[] ids)
    {
        foreach (var id in ids) (await server.Client.PostEventAsync($$$"""{"id":"{{{id}}}","action":"user.login","outcome":"success","actor":{"type":"user","id":"u"},"metadata":{"ä":1.5}}""")).Expect(200);
    }

    private static IEnumerable<string> Ids(IReadOnlyList<string> events) => events.Select(text => (string)JsonNode.Parse(text)!["event_id"]!);
}
