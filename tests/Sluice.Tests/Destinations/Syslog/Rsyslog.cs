using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

/// <summary>A real rsyslogd that takes messages over TLS and writes their parts into a file.</summary>
internal sealed class Rsyslog : IDisposable
{
    private const string Program = "/usr/sbin/rsyslogd";

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public static bool IsInstalled => File.Exists(Program);

    public int Port => int.Parse(File.ReadAllText(_folder.File("port")));

    /// <summary>One line a message: facility and severity, APP-NAME, MSGID, structured data, message.</summary>
    public IReadOnlyList<string> Received => File.Exists(_folder.File("received")) ? File.ReadAllLines(_folder.File("received")) : [];

    public static async Task<Rsyslog> StartAsync(Certificates certificates)
    {
        var started = new Rsyslog();
        var certificate = certificates.New();
        File.WriteAllText(started._folder.File("ca.pem"), certificates.AuthorityPem);
        File.WriteAllText(started._folder.File("server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(started._folder.File("server.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(started._folder.File("rsyslog.conf"), Configuration(started._folder.Path));
        started._process = Process.Start(new ProcessStartInfo(Program, ["-n", "-f", started._folder.File("rsyslog.conf"), "-i", started._folder.File("pid")]) { RedirectStandardError = true });
        await Eventually.TrueAsync(() => File.Exists(started._folder.File("port")) && new FileInfo(started._folder.File("port")).Length > 0);
        return started;
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(string folder) =>
        $"""
        global(workDirectory="{folder}" maxMessageSize="512k" defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="{folder}/ca.pem"
               defaultNetstreamDriverCertFile="{folder}/server.pem" defaultNetstreamDriverKeyFile="{folder}/server.key")
        module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon" maxFrameSize="524288")
        template(name="parts" type="list") {"{"} property(name="pri-text") constant(value=" ") property(name="app-name") constant(value=" ") property(name="msgid") constant(value=" ")
                                                  property(name="structured-data") constant(value=" ") property(name="msg") constant(value="\n") {"}"}
        input(type="imtcp" port="0" address="127.0.0.1" listenPortFileName="{folder}/port")
        action(type="omfile" file="{folder}/received" template="parts")
        """;
}
