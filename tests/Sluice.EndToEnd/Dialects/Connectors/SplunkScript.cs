using Sluice.EndToEnd.Deploy;
using Sluice.EndToEnd.Running;

namespace Sluice.EndToEnd.Dialects.Connectors;

/// <summary>Splunk runs the script on its interval and takes each line of its standard output as an event.</summary>
internal sealed class SplunkScript : IConnector
{
    private readonly string _folder;
    private readonly string _settings;

    public SplunkScript(SluiceProcess server, string folder, int pageSize)
    {
        _folder = folder;
        _settings = Path.Combine(folder, "sluice_zaita.conf");
        File.WriteAllText(Path.Combine(folder, "key"), SluiceProcess.AdminKey + "\n");
        File.WriteAllText(_settings, Filled(server, pageSize));
    }

    /// <summary>Where the script keeps its place.</summary>
    public string Checkpoint => Path.Combine(_folder, "sluice_zaita.token");

    public async Task<IReadOnlyList<string>> PollAsync()
    {
        var (code, output) = await RunAsync();
        Assert.True(code == 0, output.All);
        return output.Standard.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public Task<(int ExitCode, Output Output)> RunAsync() =>
        Tool.RunAsync("python3", [Tool.Deploy("collectors/splunk/bin/sluice_zaita.py"), _settings], new Dictionary<string, string> { ["SPLUNK_HOME"] = _folder });

    /// <summary>The shipped file with the reader's own values in it.</summary>
    private string Filled(SluiceProcess server, int pageSize) => File.ReadAllText(Tool.Deploy("collectors/splunk/default/sluice_zaita.conf"))
        .Replace("https://sluice.example.com", server.Address.ToString(), StringComparison.Ordinal)
        .Replace("$SPLUNK_HOME/etc/apps/sluice/local/key", "$SPLUNK_HOME/key", StringComparison.Ordinal)
        .Replace("$SPLUNK_HOME/var/lib/splunk/sluice_zaita.token", "$SPLUNK_HOME/sluice_zaita.token", StringComparison.Ordinal)
        .Replace("page_size = 1000", $"page_size = {pageSize}", StringComparison.Ordinal);
}
