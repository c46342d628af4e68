using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

/// <summary>A real syslog server in a folder of its own that takes messages over TLS and writes their parts into a file.</summary>
internal abstract class SyslogServer : IDisposable
{
    private Process? _process;

    public abstract int Port { get; }

    /// <summary>What it calls facility 13.</summary>
    public abstract string Facility { get; }

    /// <summary>One line a message: facility and severity, APP-NAME, MSGID, structured data, message.</summary>
    public IReadOnlyList<string> Received => File.Exists(Folder.File("received")) ? File.ReadAllLines(Folder.File("received")) : [];

    protected TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        Folder.Dispose();
    }

    protected void Start(Certificates certificates, string configuration, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var certificate = certificates.New();
        File.WriteAllText(Folder.File("ca.pem"), certificates.AuthorityPem);
        File.WriteAllText(Folder.File("server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Folder.File("server.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Folder.File("server.conf"), configuration);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start);
    }
}
