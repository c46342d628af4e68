using System.Text;
using System.Text.Json.Nodes;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Deploy;

public sealed class DashboardTests
{
    private static readonly JsonNode Dashboard = JsonNode.Parse(File.ReadAllText(Tool.Deploy("grafana/sluice.json")))!;

    /// <summary>Every query, with Grafana's variables filled in.</summary>
    internal static List<string> Queries { get; } =
    [
        .. Dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Concat(Dashboard["annotations"]!["list"]!.AsArray())
            .Select(query => ((string)query!["expr"]!).Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal).Replace("$job", ".+", StringComparison.Ordinal).Replace("$instance", ".+", StringComparison.Ordinal)),
    ];

    [Fact]
    public async Task Prometheus_reads_every_query()
    {
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (var i = 0; i < Queries.Count; i++) rules.Append($"      - record: query_{i}\n        expr: '{Queries[i].Replace("'", "''", StringComparison.Ordinal)}'\n");
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "queries.yml");
        await File.WriteAllTextAsync(file, rules.ToString());

        Assert.All(Queries, query => Assert.DoesNotContain('$', query));
        await Tool.PassesAsync("promtool", "check", "rules", file);
    }

    [Fact]
    public void Panels_have_ids_of_their_own_and_do_not_lie_on_each_other()
    {
        var panels = Dashboard["panels"]!.AsArray().Select(panel => panel!).ToList();
        var cells = panels.SelectMany(panel => Cells(panel["gridPos"]!)).ToList();

        Assert.Equal(panels.Count, panels.Select(panel => (int)panel["id"]!).Distinct().Count());
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!)
        from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!)
        select (x, y);
}
