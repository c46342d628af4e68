using System.Text.RegularExpressions;
using Sluice.EndToEnd.Documentation;

namespace Sluice.EndToEnd.Deploy;

/// <summary>Read by Compose itself, which needs no engine for that.</summary>
public sealed partial class ComposeTests
{
    private static readonly string Text = File.ReadAllText(Tool.Deploy("compose.yaml"));

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["SLUICE_DB_PASSWORD"] = "a-password",
        ["SLUICE_MASTER_KEY"] = "a-master-key",
        ["SLUICE_ADMIN_KEY"] = "an-admin-key",
        ["SLUICE_ORIGIN"] = "audit.example.com/main",
    };

    [Fact]
    public async Task Two_nodes_share_a_database_that_is_healthy_first_and_a_key()
    {
        var services = Yaml.Read(await Tool.PassesAsync("docker-compose", Config(), Secrets)).Map("services");
        var nodes = services.Names().Where(name => name != "db").Select(name => services.Map(name)).ToList();
        var settings = nodes.Select(node => node.Map("environment")).ToList();

        Assert.Equal(2, nodes.Count);
        Assert.Single(settings.Select(its => its.Text("Sluice__Store")).Distinct(), "Host=db;Database=sluice;Username=sluice;Password=a-password");
        Assert.Single(settings.Select(its => its.Text("Sluice__Secrets__Key")).Distinct(), "a-master-key");
        Assert.Equal(2, settings.Select(its => its.Text("Sluice__Node__Name")).Distinct().Count());
        Assert.All(nodes, node => Assert.Equal("service_healthy", node.Map("depends_on").Map("db").Text("condition")));
        Assert.True(services.Map("db").Has("healthcheck"));
    }

    [Theory]
    [InlineData("SLUICE_DB_PASSWORD")]
    [InlineData("SLUICE_MASTER_KEY")]
    [InlineData("SLUICE_ADMIN_KEY")]
    [InlineData("SLUICE_ORIGIN")]
    public async Task Nothing_starts_without_a_secret(string missing)
    {
        var (exitCode, output) = await Tool.RunAsync("docker-compose", Config(), new(Secrets) { [missing] = "" });

        Assert.NotEqual(0, exitCode);
        Assert.Contains("set it in deploy/.env", output.All, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_of_secrets_names_all_variables_and_fills_in_no_secret()
    {
        var example = File.ReadAllLines(Tool.Deploy(".env.example")).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal(Variable().Matches(Text).Select(match => match.Groups[1].Value).Distinct().Order(), example.Keys.Order());
        Assert.All(example.Where(pair => pair.Key.EndsWith("KEY", StringComparison.Ordinal) || pair.Key.EndsWith("PASSWORD", StringComparison.Ordinal)), pair => Assert.Empty(pair.Value));
        Assert.Contains("/deploy/.env", File.ReadAllLines(Path.Combine(Repository.Root, ".gitignore")));
    }

    /// <summary>Not with the .env of whoever runs the tests.</summary>
    private static string[] Config() => ["--env-file", Tool.Deploy(".env.example"), "--file", Tool.Deploy("compose.yaml"), "config"];

    [GeneratedRegex(@"\$\{(\w+)")]
    private static partial Regex Variable();
}
