namespace Sluice.Server.SelfAudit;

/// <summary>How each call is written down: beside <see cref="Authentication.CallRules"/>, the whole of it in one place. A call without a row stops the server at its start.</summary>
internal static class CallAudits
{
    private static readonly string[] Destination =
        ["id", "name", "provider", "enabled", "tenant_id", "profile", "filter", "event_types", "except_event_types", "include_children", "only_tenants", "fields", "mask_personal", "start_from", "max_in_flight", "force"];

    private static readonly string[] ShownDestination = ["id", "name", "provider", "enabled", "tenant_id", "profile", "status", "cursor"];
    private static readonly string[] Replay = ["from", "to", "filter", "events_per_second", "sequences"];
    private static readonly string[] ShownReplay = ["id", "source", "status", "first", "last", "total"];
    private static readonly string[] Key = ["name", "role", "tenant_id", "account_id", "allowed_networks", "expires_at", "overlap"];
    private static readonly string[] ShownKey = ["id", "name", "role", "tenant_id", "account_id", "allowed_networks", "created_at", "expires_at"];
    private static readonly string[] Account = ["name", "role", "tenant_id", "allowed_networks"];
    private static readonly string[] ShownAccount = ["id", "name", "role", "tenant_id", "allowed_networks", "created_at"];
    private static readonly string[] Tenant = ["name", "parent", "test", "entitlements", "rate_limit"];
    private static readonly string[] ShownTenant = ["id", .. Tenant];

    /// <summary>The console's pages and files show nothing by themselves.</summary>
    private static readonly CallAudit ConsoleFile = new("ConsoleService/GetFile") { IsProbe = true };

    /// <summary>By both names that ZITADEL's gateway takes.</summary>
    private static readonly string[] Search =
    [
        "sequence", "limit", "asc", "editorUserId", "editor_user_id", "eventTypes", "event_types", "aggregateId", "aggregate_id", "aggregateTypes", "aggregate_types",
        "resourceOwner", "resource_owner", "creationDate", "creation_date", "from", "range",
    ];

    /// <summary>By method and route.</summary>
    public static IReadOnlyDictionary<string, CallAudit> Rows { get; } = new Dictionary<string, CallAudit>(StringComparer.Ordinal)
    {
        ["POST /v1/audit/events"] = new("EventService/SendEvents") { IsIngest = true },

        ["GET /v1/audit/events"] = new("EventService/ListEvents"),
        ["GET /v1/audit/events/live"] = new("EventService/FollowEvents") { IsEndless = true },
        ["GET /v1/audit/events/{id}"] = new("EventService/GetEvent") { Resource = "event" },
        ["GET /v1/audit/events/{id}/proof"] = new("LedgerService/GetProof") { Resource = "event" },
        ["GET /v1/audit/stats"] = new("EventService/CountEvents"),
        ["GET /v1/audit/export"] = new("EventService/ExportEvents"),
        ["GET /v1/audit/event-types"] = new("EventService/ListEventTypes"),
        ["GET /_sluice/v1/audit/events/{id}/proof"] = new("OwnLedgerService/GetProof") { Resource = "event" },

        ["GET /v1/audit/checkpoints"] = new("LedgerService/ListCheckpoints"),
        ["GET /v1/audit/consistency"] = new("LedgerService/GetConsistency"),
        ["GET /v1/audit/log"] = new("LedgerService/GetLog"),
        ["GET /v1/audit/log/self-check"] = new("LedgerService/GetSelfCheck"),
        ["POST /v1/audit/log/self-check"] = new("LedgerService/StartSelfCheck"),
        ["GET /checkpoint"] = new("LedgerService/GetCheckpoint"),
        ["GET /tile/{**address}"] = new("LedgerService/GetTile"),
        ["GET /_sluice/v1/audit/checkpoints"] = new("OwnLedgerService/ListCheckpoints"),
        ["GET /_sluice/v1/audit/consistency"] = new("OwnLedgerService/GetConsistency"),
        ["GET /_sluice/v1/audit/log"] = new("OwnLedgerService/GetLog"),
        ["GET /_sluice/checkpoint"] = new("OwnLedgerService/GetCheckpoint"),
        ["GET /_sluice/tile/{**address}"] = new("OwnLedgerService/GetTile"),

        ["POST /v1/audit/siem"] = new("DestinationService/CreateDestination") { Request = Destination, Response = ShownDestination },
        ["GET /v1/audit/siem"] = new("DestinationService/ListDestinations"),
        ["POST /v1/audit/siem/dry-run"] = new("DestinationService/TryFilter") { Request = [.. Destination, "days"], Response = ["matched", "of"] },
        ["POST /v1/audit/siem/test"] = new("DestinationService/TestDefinition") { Request = [.. Destination, "id"], Response = ["ok", "class", "http_status", "duration_ms"] },
        ["GET /v1/audit/siem/{id}"] = OfDestination("GetDestination") with { Response = ShownDestination },
        ["PUT /v1/audit/siem/{id}"] = OfDestination("UpdateDestination") with { Request = Destination, Response = ShownDestination },
        ["DELETE /v1/audit/siem/{id}"] = OfDestination("DeleteDestination") with { Response = ShownDestination },
        ["PUT /v1/audit/siem/{id}/headers/{name}"] = OfDestination("SetHeader") with { Response = ShownDestination },
        ["DELETE /v1/audit/siem/{id}/headers/{name}"] = OfDestination("RemoveHeader") with { Response = ShownDestination },
        ["POST /v1/audit/siem/{id}/test"] = OfDestination("TestDestination") with { Response = ["ok", "class", "http_status", "duration_ms"] },
        ["POST /v1/audit/siem/{id}/resume"] = OfDestination("ResumeDestination") with { Request = ["from"], Response = ShownDestination },
        ["GET /v1/audit/siem/{id}/lag"] = OfDestination("ListLag"),
        ["GET /v1/audit/siem/{id}/attempts"] = OfDestination("ListAttempts"),
        ["GET /v1/audit/siem/{id}/dead-letters"] = OfDestination("ListDeadLetters"),
        ["GET /v1/audit/siem/{id}/dead-letters/{sequence:long}"] = OfDestination("GetDeadLetter"),
        ["DELETE /v1/audit/siem/{id}/dead-letters/{sequence:long}"] = OfDestination("RemoveDeadLetter"),
        ["POST /v1/audit/siem/{id}/dead-letters/replay"] = OfDestination("ReplayDeadLetters") with { Request = Replay, Response = ShownReplay },
        ["GET /v1/audit/siem/{id}/gaps"] = OfDestination("ListGaps"),
        ["POST /v1/audit/siem/{id}/gaps/{gap}/refill"] = OfDestination("RefillGap") with { Response = ShownReplay },
        ["POST /v1/audit/siem/{id}/replays"] = OfDestination("StartReplay") with { Request = Replay, Response = ShownReplay },
        ["GET /v1/audit/siem/{id}/replays"] = OfDestination("ListReplays"),
        ["GET /v1/audit/siem/{id}/replays/{replay}"] = OfDestination("GetReplay") with { Response = ShownReplay },
        ["DELETE /v1/audit/siem/{id}/replays/{replay}"] = OfDestination("StopReplay") with { Response = ShownReplay },

        ["GET /v1/audit"] = new("TruthlocksService/ListEvents"),
        ["GET /api/preview/system/audit"] = new("VezaService/ListEvents"),
        ["GET /api/preview/system/audit/export"] = new("VezaService/ExportEvents"),
        ["GET /v1/zaita/audit-events"] = new("ZaitaService/ListEvents"),
        ["POST /admin/v1/events/_search"] = new("ZitadelService/ListEvents") { Request = Search },
        ["POST /admin/v1/events/types/_search"] = new("ZitadelService/ListEventTypes"),
        ["POST /admin/v1/aggregates/types/_search"] = new("ZitadelService/ListAggregateTypes"),
        ["POST /api/graphql"] = new("GitLabService/Execute"),
        ["GET /api/graphql"] = new("GitLabService/Execute"),

        ["GET /v1/audit/retention"] = new("OperationService/GetRetention") { Response = ["days", "first_sequence"] },
        ["PUT /v1/audit/retention"] = new("OperationService/SetRetention") { Request = ["days"], Response = ["days", "first_sequence"] },
        ["GET /v1/nodes"] = new("OperationService/ListNodes"),
        ["GET /metrics"] = new("OperationService/GetMetrics") { IsProbe = true },
        ["GET /healthz"] = new("OperationService/GetHealth") { IsProbe = true },
        ["GET /readyz"] = new("OperationService/GetReadiness") { IsProbe = true },
        ["GET /openapi/{documentName}.json"] = new("OperationService/GetDescription"),

        ["POST /v1/viewer-tokens"] = new("ViewerService/CreateToken") { Request = ["tenant_id", "expires_in_seconds", "filter", "user"], Response = ["id", "tenant_id", "expires_at"] },
        ["DELETE /v1/viewer-tokens/{id}"] = new("ViewerService/RevokeToken") { Resource = "session" },

        ["GET /v1/sign-in"] = new("SessionService/GetSignIn"),
        ["POST /v1/session"] = new("SessionService/SignIn") { Response = ["id", "kind", "name", "role", "tenant_id", "expires_at"] },
        ["GET /v1/session"] = new("SessionService/GetSession"),
        ["DELETE /v1/session"] = new("SessionService/SignOut"),
        ["GET /sign-in/oidc"] = new("SessionService/BeginProviderSignIn"),
        ["GET /sign-in/oidc/callback"] = new("SessionService/CompleteProviderSignIn"),
        ["GET /"] = ConsoleFile,
        ["GET /sign-in"] = ConsoleFile,
        ["GET /events"] = ConsoleFile,
        ["GET /events/{id}"] = ConsoleFile,
        ["GET /destinations"] = ConsoleFile,
        ["GET /destinations/{id}"] = ConsoleFile,
        ["GET /destinations/{id}/edit"] = ConsoleFile,
        ["GET /settings/audit/siem"] = ConsoleFile,
        ["GET /admin/monitoring/audit-events/streams"] = ConsoleFile,
        ["GET /admin/integrations/siem-export"] = ConsoleFile,
        ["GET /integrity"] = ConsoleFile,
        ["GET /access"] = ConsoleFile,
        ["GET /nodes"] = ConsoleFile,
        ["GET /settings"] = ConsoleFile,
        ["GET /catalogue"] = ConsoleFile,
        ["GET /assets/{file}"] = ConsoleFile,
        ["GET /favicon.svg"] = ConsoleFile,
        ["GET /theme.js"] = ConsoleFile,
        ["GET /viewer"] = ConsoleFile,
        ["GET /viewer.js"] = ConsoleFile,

        ["GET /llms.txt"] = new("DocumentationService/GetIndex"),
        ["GET /docs/{**page}"] = new("DocumentationService/GetPage"),

        ["POST /v1/access/keys"] = new("AccessService/CreateKey") { Request = Key, Response = ShownKey },
        ["GET /v1/access/keys"] = new("AccessService/ListKeys"),
        ["POST /v1/access/keys/{id}/rotate"] = new("AccessService/RotateKey") { Resource = "access_key", Request = Key, Response = ["created.id", "created.name", "created.expires_at", "replaces.id", "replaces.expires_at"] },
        ["DELETE /v1/access/keys/{id}"] = new("AccessService/RevokeKey") { Resource = "access_key" },
        ["POST /v1/access/accounts"] = new("AccessService/CreateAccount") { Request = Account, Response = ShownAccount },
        ["GET /v1/access/accounts"] = new("AccessService/ListAccounts"),
        ["GET /v1/access/accounts/{id}"] = new("AccessService/GetAccount") { Resource = "machine_account" },
        ["PUT /v1/access/accounts/{id}"] = new("AccessService/UpdateAccount") { Resource = "machine_account", Request = Account, Response = ShownAccount },
        ["DELETE /v1/access/accounts/{id}"] = new("AccessService/DeleteAccount") { Resource = "machine_account" },
        ["GET /v1/access/tenants"] = new("AccessService/ListTenants"),
        ["GET /v1/access/tenants/{id}"] = new("AccessService/GetTenant") { Resource = "tenant", Response = ShownTenant },
        ["PUT /v1/access/tenants/{id}"] = new("AccessService/UpdateTenant") { Resource = "tenant", Request = Tenant, Response = ShownTenant },
        ["DELETE /v1/access/tenants/{id}"] = new("AccessService/ForgetTenant") { Resource = "tenant" },
    };

    /// <exception cref="InvalidOperationException">The call is new.</exception>
    public static CallAudit Of(string route) =>
        Rows.TryGetValue(route, out var row) ? row : throw new InvalidOperationException($"{route} is new: say in {nameof(CallAudits)} how it is written down.");

    private static CallAudit OfDestination(string method) => new("DestinationService/" + method) { Resource = "destination" };
}
