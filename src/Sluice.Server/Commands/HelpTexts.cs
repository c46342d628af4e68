namespace Sluice.Server.Commands;

/// <summary>What <c>--help</c> teaches after the options.</summary>
internal static class HelpTexts
{
    public const string Root = """
        Examples:
          sluice serve                                        start on http://127.0.0.1:7600 with ./data
          sluice serve --data /var/lib/sluice --urls http://0.0.0.0:7600
          sluice serve --Sluice:Delivery:GiveUpAfter=1h       any setting, for this run
          sluice keys create --name ci --role writer --data /var/lib/sluice

        Without a command, sluice serves. `sluice COMMAND --help` says more.

        Exit codes: 0 done, 1 the work found something wrong, 2 could not run (a wrong setting, a folder in use); standard error has the reason.
        """;

    public const string Serve = """
        Settings, under "Sluice" in appsettings.json of the current folder, as Sluice__Name in the environment, or as --Sluice:Name=value;
        the later wins. Below Sluice a colon is written __ in the environment: Sluice__Delivery__GiveUpAfter=1h.
          Data                            ./data       folder of the ledger, the configuration and the keys
          Ledger:Origin                   made once    name that signs the checkpoints, such as audit.example.com/main; cannot change later
          Delivery:AllowPrivateEndpoints  false        let destinations have private and loopback addresses
          Delivery:AllowedNetworks        none         private networks that destinations may have: 10.1.0.0/16,10.2.0.7
          Delivery:AllowPlainHttp         false        let destinations use http:// to public addresses
          Delivery:GiveUpAfter            24h          how long a stream tries before it fails: 1s to 90d
          Ingest:MaxQueuedBytes           64MiB        accepted events that wait for the disk: 1MiB to 16GiB
          Ingest:MaxBufferedBytes         256MiB       request bodies being read: 65MiB to 64GiB
          Secrets:KeyFile                 <Data>/keys  master key of the stored credentials, mode 0600; keep a copy apart from the data
          TrustedProxies                  none         proxies whose X-Forwarded-For is believed: 10.0.0.0/8
        In the environment only:
          SLUICE_ADMIN_KEY                none         an admin key of 24 characters or more, valid while set, never stored

        Logs go to standard error; Logging__LogLevel__Default=Debug shows more.
        """;

    public const string Keys = """
        It works whether or not a server runs on the data folder; a running one takes notice within a second.

        Examples:
          sluice keys create --name ci --role writer                       may send events of any tenant
          sluice keys create --name acme-siem --role reader --tenant acme --expires-in 90d
          sluice keys list
          sluice keys revoke key_3kTm90aXb2QeLw1c
        """;
}
