using Sluice.EndToEnd.Documentation;
using YamlDotNet.RepresentationModel;

namespace Sluice.EndToEnd.Deploy;

public sealed class AlertTests
{
    private static readonly string Prometheus = Tool.Deploy("prometheus");

    private static readonly string Rules = Path.Combine(Prometheus, "alerts.yml");

    internal static List<YamlMappingNode> All { get; } = [.. Yaml.Read(File.ReadAllText(Rules)).Maps("groups").SelectMany(group => group.Maps("rules"))];

    [Fact]
    public Task Prometheus_reads_them() => Tool.PassesAsync("promtool", "check", "rules", Rules);

    [Fact]
    public Task Prometheus_reads_the_settings_that_scrape_the_nodes() =>
        Tool.PassesAsync("promtool", "check", "config", "--syntax-only", Path.Combine(Prometheus, "prometheus.yml"));

    [Fact]
    public Task They_fire_when_they_should_and_only_then() => Tool.PassesAsync("promtool", "test", "rules", Path.Combine(Prometheus, "alerts.test.yml"));

    [Fact]
    public async Task Each_is_seen_firing_in_a_test()
    {
        var tests = await File.ReadAllTextAsync(Path.Combine(Prometheus, "alerts.test.yml"));
        Assert.All(All, alert => Assert.Contains($"alertname=\"{alert.Text("alert")}\"", tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_says_what_it_means_and_where_the_page_says_what_to_do()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operating.md"));
        Assert.All(All, alert =>
        {
            var (name, annotations) = (alert.Text("alert"), alert.Map("annotations"));
            Assert.Contains(alert.Map("labels").Text("severity"), new[] { "critical", "warning", "info" });
            Assert.NotEmpty(annotations.Text("summary"));
            Assert.NotEmpty(annotations.Text("description"));
            Assert.Equal($"docs/operating.md#{name.ToLowerInvariant()}", annotations.Text("runbook_url"));
            Assert.Contains($"\n### {name}\n", page, StringComparison.Ordinal);
        });
    }
}
