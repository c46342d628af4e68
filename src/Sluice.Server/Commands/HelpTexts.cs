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
          sluice apply -f destinations.yaml --plan            compare the destinations with a file; without --plan, change them
          sluice verify --data /var/lib/sluice                check every byte of the ledger
          sluice migrate --from /var/lib/sluice --to "Host=db.example.com;Database=sluice"

        Without a command, sluice serves. `sluice COMMAND --help` says more.

        Exit codes: 0 done, 1 the work found something wrong, 2 could not run (a wrong setting, a folder in use); standard error has the reason.
        """;

    public const string Serve = """
        Settings, under "Sluice" in appsettings.json of the current folder, as Sluice__Name in the environment, or as --Sluice:Name=value;
        the later wins. Below Sluice a colon is written __ in the environment: Sluice__Delivery__GiveUpAfter=1h.
          Data                            ./data       folder of the ledger, the configuration and the keys
          Store                           none         PostgreSQL that keeps them instead, for several nodes: Host=db;Database=sluice;Username=sluice;Password=…
          Ledger:Origin                   made once    name that signs the checkpoints, such as audit.example.com/main; cannot change later
          Delivery:AllowPrivateEndpoints  false        let destinations have private and loopback addresses
          Delivery:AllowedNetworks        none         private networks that destinations may have: 10.1.0.0/16,10.2.0.7
          Delivery:AllowPlainHttp         false        let destinations use http:// to public addresses
          Delivery:AllowChangefeeds       false        let gcs destinations be set up by pasting a changefeed's statement
          Delivery:GiveUpAfter            24h          how long a stream tries before it fails: 1s to 90d
          Alerts:Webhook                  none         URL that is told when a destination is in trouble: https://alerts.example.com/sluice
          Alerts:Secret                   none         signs the alerts, as webhook destinations sign
          Alerts:After                    5m           how long a destination is degraded before that is told: 10s to 7d
          Delivery:FillFor                1m           how long an object that is not full waits for more events: 0s to 1h
          Delivery:FirstRetryAfter        1s           how long it waits after a failure, doubling: 1s to 1h
          Delivery:LongestRetryAfter      5m           how long it waits at most: 1s to 1h
          Node:Name                       host's name  name under which the other nodes know this one: letters, digits, . _ -
          Ingest:MaxQueuedBytes           64MiB        accepted events that wait for the disk: 1MiB to 16GiB
          Ingest:MaxBufferedBytes         256MiB       request bodies being read: 65MiB to 64GiB
          Secrets:KeyFile                 <Data>/keys  master key of the stored credentials, mode 0600; keep a copy apart from the data
          Secrets:Key                     none         the master key itself in place of a file, the same on all nodes: openssl rand -base64 32
          RateLimits:KeyRequestsPerMinute     none     requests of a key in a minute, over all nodes; more is answered 429
          RateLimits:KeyEventsPerMinute       none     events of a key in a minute
          RateLimits:TenantRequestsPerMinute  none     requests of all keys of a tenant in a minute
          RateLimits:TenantEventsPerMinute    none     events of all keys of a tenant in a minute
          Console:SessionLifetime         12h          after which a browser must sign in again: 5m to 30d
          Viewer:AllowedOrigins           none         sites whose pages may show the viewer: https://app.example.com
          Oidc:Authority                  none         provider of OpenID Connect to sign in at: https://login.example.com
          Oidc:ClientId                   none         Sluice's id there
          Oidc:ClientSecret               none         Sluice's secret there; none for a public client
          Oidc:Name                       its host     what the button says: Sign in with …
          Oidc:Scopes                     openid profile email groups
          Oidc:GroupsClaim                groups       claim that lists a user's groups
          Oidc:Roles                      none         group=role or group=role@tenant, the first that fits: audit-admins=admin,support=reader@acme
          Veza:ExportWindow               30d          how far back Veza's export may begin without a page token: 1h to 3650d
          Audit:Calls                     true         record every call of the API in Sluice's own ledger
          Audit:CertificateExpiry         false        tell of certificates that end, by metadata.not_after of their certificate.issue and certificate.renew events
          Audit:DenialBurst               20           denials of a key or an address within Audit:DenialWindow that are worth an event; 0 for none
          Audit:DenialWindow              1m           1s to 1d
          Audit:DormantAfter              90d          a key unused for so long is told of when it is used; 0s for none
          Audit:SignInDistance            5m           sign-ins of an actor from two networks within this time are told of; 0s for none
          Integrity:SelfCheckInterval     24h          how often the ledgers are compared with all that was signed: up to 90d; 0s never by itself
          Integrity:SelfCheckRate         32MiB        how much of them is read in a second meanwhile: 64KiB to 16GiB
          TrustedProxies                  none         proxies whose X-Forwarded-For is believed: 10.0.0.0/8
        In the environment only:
          SLUICE_ADMIN_KEY                none         an admin key of 24 characters or more, valid while set, never stored

        Logs go to standard error; Logging__LogLevel__Default=Debug shows more.
        """;

    public const string Import = """
        Spellings of --from:
          sluice      events as the API takes them, one a line; exports too, their proofs are left out
          cloudtrail  AWS CloudTrail records, one a line or as AWS writes its files: {"Records":[…]}

        Run twice, nothing is stored twice: a record's own id counts. One that has none gets an id made of its text and its line number, so the
        same file, also with lines added at its end, can be imported again; lines that moved or were changed become new events.

        Ctrl-C stops; the same command goes on from there. How far it came stands in FILE.sluice-import until the import is complete.
        A server that is busy or full is waited for; one that does not answer, for two minutes.

        CloudTrail: action is service and event (iam.create_user), outcome comes from errorCode, actor from userIdentity, resource from resources,
        else from the request parameter that names it; times, addresses and ids have their own members, everything else is in metadata.

        Examples:
          sluice import events.ndjson.gz --from sluice
          sluice import 111122223333_CloudTrail_us-east-1_20260315T0840Z_x.json.gz --from cloudtrail --tenant acme
          zcat cloudtrail/*.gz | sluice import - --from cloudtrail --url https://audit.example.com --key "$KEY"

        The last line says what became of the records: imported 2898, duplicates 0, refused 2. Refused ones are named with their line on
        standard error, the first 20 of them.
        Exit codes: 0 all stored, 1 some refused, 2 could not run or go on, 130 stopped by Ctrl-C.
        """;

    public const string Apply = """
        The file lists destinations with the members of the API; name says which is which, once in a tenant:
          destinations:
            - name: SOC
              provider: splunk
              endpoint: https://splunk.example.com:8088
              token: {env: SPLUNK_TOKEN}         or {file: splunk.token}, relative to the file
              except_event_types: [scan.*]
              force: true                        if its filter may let nothing through

        The file is the whole truth about the destinations in it: what it leaves out has its default, and what was set on the server beside it is
        drift, which is shown and undone. It is checked as a whole before the server is called, and every fault is named with line and column.
        Destinations that only the server has stay, unless --prune. A renamed one is a new one.

        Secrets are referred to; one written out is a fault. They cannot be read back from the server, so they are sent when a destination is
        created or has none, and again with --secrets only.

        Changes are made in the file's order, deletions last. The first refusal stops it; what was done and what was not is said, and the same
        command goes on. With a tenant's key, or --tenant, the file is about that tenant only.

        Exit codes: with --plan, 0 nothing would change, 1 something would; otherwise 0 all applied, 1 stopped on the way. 2 could not run: a
        fault in the file, a missing reference, a wrong key, no server; nothing was changed then.

        Examples:
          sluice apply -f destinations.yaml --plan
          sluice apply -f destinations.yaml --url https://audit.example.com --key "$KEY"
          sluice apply -f destinations.yaml --secrets              after a secret was changed
          sluice apply -f acme.yaml --tenant acme --prune          acme has these destinations and no other
        """;

    public const string Keys = """
        It works whether or not a server runs on the data folder; a running one takes notice within a second.

        Examples:
          sluice keys create --name ci --role writer                       may send events of any tenant
          sluice keys create --name acme-siem --role reader --tenant acme --expires-in 90d
          sluice keys list
          sluice keys revoke key_3kTm90aXb2QeLw1c
          sluice keys list --store "Host=db;Database=sluice;Username=sluice"       of an instance in PostgreSQL
        """;

    public const string Verify = """
        Of a data folder it checks that every event has the hash that is its entry in the ledger, that the tree over these entries is the one that was
        stored, and that every signed checkpoint is genuine and of that tree; for both ledgers, main and _sluice. It reads only, with or without a server
        running, and its memory does not grow with the log. What is committed while it runs is left for the next time. Of segments that retention
        removed it checks the hashes that stay. Of an instance in PostgreSQL, named with --store, it checks the same, beside its running nodes.

        Of an export with proofs it checks every line against the checkpoint on the last one, with nothing but the log's public key. Give a
        checkpoint that you kept with --checkpoint: then nobody can have shown you another ledger meanwhile.

        persisted_at is in no hash. Of a folder it is checked that it never goes back; of an export it is not checked.

        Standard output names the first wrong sequence and what is wrong with it; a range where the events agree with their hashes, but not with the
        tree or a checkpoint. Exit codes: 0 clean, 1 something is wrong, 2 it could not be checked.

        Examples:
          sluice verify --data /var/lib/sluice
          sluice verify --store "Host=db.example.com;Database=sluice;Username=sluice"
          curl -H "X-API-Key: $KEY" "http://127.0.0.1:7600/v1/audit/export?proofs=true" > export.ndjson
          sluice verify export.ndjson --vkey "$(curl http://127.0.0.1:7600/v1/audit/log | jq -r .vkey)"
        """;

    public const string Migrate = """
        Moves the instance in a data folder into an empty PostgreSQL database: both ledgers with their sequences, hashes, proofs and checkpoints, access
        keys, destinations, cursors, dead letters, gaps, settings. Stop its server first; it cannot be started on the folder meanwhile, and no node
        starts on the database until the migration is complete.

        Every event is hashed and compared on its way; the first wrong one stops it. At the end the whole database is verified as `sluice verify --store`
        does it, and counted. Ctrl-C stops; the same command goes on from there, and so it does after a crash.

        Credentials stay wrapped by the folder's master key, DATA/keys, which every node needs: copy it and set Sluice:Secrets:KeyFile, or set
        Sluice:Secrets:Key to what stands in it. The folder is not changed, but for a file moved-to-postgresql, with which no server opens it: archive it.

        Exit codes: 0 moved and verified, 1 the folder or the copy is wrong, 2 it could not run or was stopped.

        Examples:
          sluice migrate --from /var/lib/sluice --to "Host=db.example.com;Database=sluice;Username=sluice;Password=…"
          sluice serve --store "Host=db.example.com;Database=sluice;Username=sluice;Password=…"
        """;
}
