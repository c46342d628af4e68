using Sluice.Tests.Fakes;

namespace Sluice.Tests.Destinations.Syslog;

internal sealed class Rsyslog : SyslogServer
{
    private const string Program = "/usr/sbin/rsyslogd";

    public static bool IsInstalled => File.Exists(Program);

    public override int Port => int.Parse(File.ReadAllText(Folder.File("port")));

    public override string Facility => "audit";

    public static async Task<SyslogServer> StartAsync(Certificates certificates)
    {
        var started = new Rsyslog();
        started.Start(certificates, Configuration(started.Folder.Path), Program, ["-n", "-f", started.Folder.File("server.conf"), "-i", started.Folder.File("pid")]);
        await Eventually.TrueAsync(() => File.Exists(started.Folder.File("port")) && new FileInfo(started.Folder.File("port")).Length > 0);
        return started;
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
