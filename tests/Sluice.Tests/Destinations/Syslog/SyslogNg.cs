using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sluice.Tests.Documentation;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

/// <summary>syslog-ng as <c>tests/prepare</c> unpacks it, for Debian has it or rsyslog, not both. Its source is the one that our page gives users.</summary>
internal sealed partial class SyslogNg(int port) : SyslogServer
{
    private static readonly string Root = Page.PathOf("tests/tools/syslog-ng");

    public static bool IsInstalled => File.Exists(Program);

    public override int Port => port;

    public override string Facility => "security";

    private static string Program => Path.Combine(Root, "usr/sbin/syslog-ng");

    public static async Task<SyslogServer> StartAsync(Certificates certificates)
    {
        var started = new SyslogNg(FreePort());
        var folder = started.Folder.Path;
        var modules = Directory.GetDirectories(Path.Combine(Root, "usr/lib/syslog-ng"), "3.*").Single();
        string[] arguments = ["-F", "--no-caps", $"--module-path={modules}", "-f", $"{folder}/server.conf", $"--persist-file={folder}/persist", $"--pidfile={folder}/pid", $"--control={folder}/control"];
        var libraries = string.Join(':', Directory.GetDirectories(Path.Combine(Root, "usr/lib")).Append(Path.Combine(Root, "usr/lib/syslog-ng")));
        started.Start(certificates, started.Configuration(folder), Program, arguments, ("LD_LIBRARY_PATH", libraries));
        await Eventually.TrueAsync(started.IsListening);
        return started;
    }

    private string Configuration(string folder)
    {
        var source = OnPage().Match(new Page("docs/destinations/syslog.md").Text).Groups[1].Value;
        Assert.NotEmpty(source);
        return "@version: 3.35\n"
            + source.Replace("0.0.0.0", "127.0.0.1").Replace("6514", $"{Port}").Replace("key-file(\"…\")", $"key-file(\"{folder}/server.key\")").Replace("cert-file(\"…\")", $"cert-file(\"{folder}/server.pem\")")
            + $$"""

                destination d_file { file("{{folder}}/received" template("$FACILITY.$PRIORITY $PROGRAM $MSGID $SDATA $MSG\n")); };
                log { source(s_audit); destination(d_file); };

                """;
    }

    private bool IsListening()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("`(source s_audit .*)`")]
    private static partial Regex OnPage();
}
