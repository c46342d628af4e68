using System.Text.RegularExpressions;
using Sluice.EndToEnd.Cluster;
using Sluice.EndToEnd.Documentation;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

/// <summary>What alerts and the dashboard ask for is what a server answers, and the page has all of it.</summary>
public sealed partial class MetricsTests : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private HashSet<string> _served = [];

    public async ValueTask InitializeAsync()
    {
        await using var server = await SluiceProcess.StartAsync(_data.Path);
        (await server.Client.PostAsync("/v1/audit/siem", """{"name":"out","provider":"stdout","start_from":"beginning"}""")).Expect(201);
        (await server.Client.PostEventAsync("""{"action":"document.read","outcome":"success","actor":{"type":"user","id":"u"}}""")).Expect(200);
        // Latency shows with the first batch that a destination confirmed.
        await Eventually.TrueAsync(
            TimeSpan.FromSeconds(30), async () => (_served = await ServedAsync(server)).Contains("sluice_delivery_latency_seconds"), () => "nothing was delivered to standard output");
    }

    private static async Task<HashSet<string>> ServedAsync(SluiceProcess server) =>
        [.. Served().Matches((await server.Client.GetAsync("/metrics")).Expect(200).Text).Select(match => match.Groups[1].Value)];

    public ValueTask DisposeAsync()
    {
        _data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_metric_that_alerts_and_dashboard_ask_for_is_served()
    {
        var asked = AlertTests.All.Select(alert => alert.Text("expr")).Concat(DashboardTests.Queries).SelectMany(query => Name().Matches(query)).Select(match => Part().Replace(match.Value, "")).ToHashSet();

        Assert.True(asked.Count > 10);
        Assert.Superset(asked, _served);
    }

    [Fact]
    public void The_page_has_every_metric_that_is_served_and_no_other()
    {
        var page = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operating.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(_served.Where(IsOfEveryServer).Order(), page.Where(IsOfEveryServer).Order());
        Assert.Superset(_served, page.ToHashSet());
    }

    /// <summary>This server is the only one, and replays nothing; what only several nodes count, or running replays, is on the page all the same.</summary>
    private static bool IsOfEveryServer(string metric) => !metric.StartsWith("sluice_node_", StringComparison.Ordinal) && metric != "sluice_delivery_replays";

    [GeneratedRegex(@"(?m)^# TYPE (\w+) ")]
    private static partial Regex Served();

    [GeneratedRegex(@"\b(sluice|process|dotnet)_\w+")]
    private static partial Regex Name();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"(?m)^\| `((?:sluice|process|dotnet)_\w+)` \|")]
    private static partial Regex Row();
}
