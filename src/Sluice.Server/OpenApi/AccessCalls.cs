using Microsoft.OpenApi;
using Sluice.Tenants;

namespace Sluice.Server.OpenApi;

/// <summary>Keys, and what those who operate the server ask.</summary>
internal static class AccessCalls
{
    private const string Inputs = "`missing_field`, `unknown_field`, `duplicate_member`, `invalid_type`, `invalid_value`, `invalid_string`, `invalid_time`, `invalid_json`";
    private const string LastAdmin = "`last_admin_key`: nobody could administer the instance any more";

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("POST /v1/access/keys", new CallDescription("createKey", "With a tenant's key, for that tenant; with an instance key, for the tenant named or for the instance.")
        {
            Body = CallDescription.JsonBody("The key to make.", Schema.Ref("AccessKeyInput")),
            Answer = CallDescription.Json("The key was made.", Schema.Ref("CreatedAccessKey"), 201),
            Refusals =
            [
                (400, Inputs),
                (403, "`forbidden`, `forbidden_tenant`"), (413, "`request_too_large`"), (404, "`not_found`: no such machine account"), (415, "`unsupported_media_type`"),
            ],
        }),
        ("GET /v1/access/keys", new CallDescription("listKeys", "An instance's admin sees all, a tenant's admin those of its tenant.") { Answer = CallDescription.Json("The keys.", Schema.Ref("AccessKeys")) }),
        ("DELETE /v1/access/keys/{id}", new CallDescription("revokeKey", "From then on the key is refused.")
        {
            Answer = (204, new OpenApiResponse { Description = "It is revoked." }),
            Refusals = [(404, "`not_found`"), (409, LastAdmin)],
        }),
        ("POST /v1/access/keys/{id}/rotate", new CallDescription("rotateKey", "The new key is like the old one, which works on for the overlap; it never works longer than it would have.")
        {
            Body = CallDescription.JsonBody("How long both work.", Schema.Ref("KeyRotation"), required: false),
            Answer = CallDescription.Json("The key that follows.", Schema.Ref("RotatedAccessKey"), 201),
            Refusals = [(400, Inputs), (404, "`not_found`: no such key, or it has ended"), (413, "`request_too_large`")],
        }),
        ("POST /v1/access/accounts", new CallDescription("createAccount", "Keys are made for it with `account_id`; they have its role, tenant and networks.")
        {
            Body = CallDescription.JsonBody("The machine account to make.", Schema.Ref("MachineAccountInput")),
            Answer = CallDescription.Json("It was made.", Schema.Ref("MachineAccount"), 201),
            Refusals = [(400, Inputs), (403, "`forbidden`, `forbidden_tenant`"), (413, "`request_too_large`")],
        }),
        ("GET /v1/access/accounts", new CallDescription("listAccounts", "An instance's key sees all, a tenant's key those of its tenant.") { Answer = CallDescription.Json("The machine accounts.", Schema.Ref("MachineAccounts")) }),
        ("GET /v1/access/accounts/{id}", new CallDescription("getAccount", "") { Answer = CallDescription.Json("It, and its keys.", Schema.Ref("MachineAccountWithKeys")), Refusals = [(404, "`not_found`")] }),
        ("PUT /v1/access/accounts/{id}", new CallDescription("updateAccount", "Its keys follow from the next request on, on other nodes within a second.")
        {
            Body = CallDescription.JsonBody("What changes.", Schema.Ref("MachineAccountInput")),
            Answer = CallDescription.Json("As it is now.", Schema.Ref("MachineAccount")),
            Refusals = [(400, Inputs), (404, "`not_found`"), (409, LastAdmin), (413, "`request_too_large`")],
        }),
        ("DELETE /v1/access/accounts/{id}", new CallDescription("deleteAccount", "")
        {
            Answer = (204, new OpenApiResponse { Description = "It is gone, and its keys are refused." }),
            Refusals = [(404, "`not_found`"), (409, LastAdmin)],
        }),
        ("GET /v1/access/tenants", new CallDescription("listTenants", "Tenants come to be with their first event; listed are those of which something was said.") { Answer = CallDescription.Json("The tenants.", Schema.Ref("Tenants")) }),
        ("GET /v1/access/tenants/{id}", new CallDescription("getTenant", "For a tenant of which nothing was said: the defaults.") { Answer = CallDescription.Json("What goes for it.", Schema.Ref("Tenant")), Refusals = [(400, "`invalid_value`")] }),
        ("PUT /v1/access/tenants/{id}", new CallDescription("updateTenant", "")
        {
            Body = CallDescription.JsonBody("What is said of it.", Schema.Ref("TenantInput")),
            Answer = CallDescription.Json("What goes for it now.", Schema.Ref("Tenant")),
            Refusals = [(400, Inputs), (413, "`request_too_large`")],
        }),
        ("DELETE /v1/access/tenants/{id}", new CallDescription("forgetTenant", "")
        {
            Answer = (204, new OpenApiResponse { Description = "The defaults go for it again." }), Refusals = [(400, "`invalid_value`"), (404, "`not_found`: nothing was said of it")],
        }),
        ("GET /healthz", new CallDescription("getHealth", "Restart the process when it does not answer.") { Answer = CallDescription.Json("It is alive.", Schema.Ref("Health")) }),
        ("GET /readyz", new CallDescription("getReadiness", "Send it requests while it says so.") { Answer = CallDescription.Json("It is ready.", Schema.Ref("Health")), Refusals = [(503, "`unavailable`: it is stopping, or its store cannot be reached")] }),
        ("GET /metrics", new CallDescription("getMetrics", "") { Answer = (200, CallDescription.Response("Metrics.", "text/plain; version=0.0.4", Schema.Text(""))) }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["AccessKeyInput"] = Schema.Object(
            "A key to make.",
            ("name", Schema.Text("1 to 100 characters, for people. Needed without `account_id`.", "ci")),
            ("role", Role()),
            ("tenant_id", Schema.Text("The only tenant that it is good for. Absent: the caller's; with an instance key, the instance.").OrNull()),
            ("account_id", Schema.Text("The machine account that it is for: role and tenant are that one's.").OrNull()),
            ("allowed_networks", Networks()),
            ("expires_at", Schema.Time("Absent: never.").OrNull()));
        schemas["KeyRotation"] = Schema.Object(
            "",
            ("overlap", Schema.Text("How long the old key still works: a number with a unit, at most 90d.", "24h").WithDefault("24h")),
            ("expires_at", Schema.Time("The new key's end. Absent: never.").OrNull()));
        schemas["RotatedAccessKey"] = Schema.Object(
            "",
            ("created", Schema.Ref("CreatedAccessKey")),
            ("replaces", Schema.Object("The key before it.", ("id", Schema.Text("")), ("expires_at", Schema.Time("Until when it works."))).Requires("id", "expires_at"))).Requires("created", "replaces");
        AccountSchemas.AddTo(schemas);
        (string Name, IOpenApiSchema Schema)[] members =
        [
            .. Members(),
            ("last_used_at", Schema.Time("A minute late at most. Null: never.").OrNull()),
            ("replaced_by", Schema.Text("The key that it was rotated to; it works on until `expires_at`.").OrNull()),
        ];
        schemas["AccessKey"] = Schema.Object("A key, without its text.", members).Requires(members.Select(member => member.Name));
        schemas["CreatedAccessKey"] = Schema.Object("A key that was just made.", [.. Members(), ("key", Schema.Text("The key itself. It is shown this once.", "slc_live_…"))])
            .Requires([.. Members().Select(member => member.Name), "key"]);
        schemas["AccessKeys"] = Schema.Object("", ("keys", Schema.List("", Schema.Ref("AccessKey"))), ("next_page_token", Schema.Text("Always null: all are there.").OrNull())).Requires("keys", "next_page_token");
        schemas["Health"] = Schema.Object("", ("status", Schema.OneOf("", "ok", "ready"))).Requires("status");
    }

    private static IEnumerable<(string Name, IOpenApiSchema Schema)> Members() =>
    [
        ("id", Schema.Text("", "key_3kTm90aXb2QeLw1c")),
        ("prefix", Schema.Text("How the key begins, to recognise it by.")),
        ("name", Schema.Text("")),
        ("role", Role()),
        ("tenant_id", Schema.Text("Null: good for the whole instance.").OrNull()),
        ("account_id", Schema.Text("The machine account that it belongs to.").OrNull()),
        ("allowed_networks", Networks()),
        ("created_at", Schema.Time("")),
        ("expires_at", Schema.Time("Null: never.").OrNull()),
    ];

    internal static OpenApiSchema Networks() => Schema.List("Addresses and CIDR blocks from which it may be used; none: from everywhere.", Schema.Text("", "203.0.113.0/24"), AddressList.Most);

    internal static OpenApiSchema Role() => Schema.OneOf(
        "`writer` sends events, `reader` reads, exports and proves them, `operator` runs destinations, `auditor` sees and exports everything, `admin` may do everything.", RoleNames.All);
}
