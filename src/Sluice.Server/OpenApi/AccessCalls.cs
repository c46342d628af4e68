using Microsoft.OpenApi;
using Sluice.Tenants;

namespace Sluice.Server.OpenApi;

/// <summary>Keys, and what those who operate the server ask.</summary>
internal static class AccessCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("POST /v1/access/keys", new CallDescription("createKey", "With a tenant's key, for that tenant; with an instance key, for the tenant named or for the instance.")
        {
            Body = CallDescription.JsonBody("The key to make.", Schema.Ref("AccessKeyInput")),
            Answer = CallDescription.Json("The key was made.", Schema.Ref("CreatedAccessKey"), 201),
            Refusals =
            [
                (400, "`missing_field`, `unknown_field`, `duplicate_member`, `invalid_type`, `invalid_value`, `invalid_string`, `invalid_time`, `invalid_json`"),
                (403, "`forbidden`, `forbidden_tenant`"), (413, "`request_too_large`"), (415, "`unsupported_media_type`"),
            ],
        }),
        ("GET /v1/access/keys", new CallDescription("listKeys", "An instance's admin sees all, a tenant's admin those of its tenant.") { Answer = CallDescription.Json("The keys.", Schema.Ref("AccessKeys")) }),
        ("DELETE /v1/access/keys/{id}", new CallDescription("revokeKey", "From then on the key is refused.")
        {
            Answer = (204, new OpenApiResponse { Description = "It is revoked." }),
            Refusals = [(404, "`not_found`"), (409, "`last_admin_key`: nobody could administer the instance any more")],
        }),
        ("GET /healthz", new CallDescription("getHealth", "Restart the process when it does not answer.") { Answer = CallDescription.Json("It is alive.", Schema.Ref("Health")) }),
        ("GET /readyz", new CallDescription("getReadiness", "Send it requests while it says so.") { Answer = CallDescription.Json("It is ready.", Schema.Ref("Health")), Refusals = [(503, "`unavailable`: it is stopping, or its store cannot be reached")] }),
        ("GET /metrics", new CallDescription("getMetrics", "") { Answer = (200, CallDescription.Response("Metrics.", "text/plain; version=0.0.4", Schema.Text(""))) }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["AccessKeyInput"] = Schema.Object(
            "A key to make.",
            ("name", Schema.Text("1 to 100 characters, for people.", "ci")),
            ("role", Role()),
            ("tenant_id", Schema.Text("The only tenant that it is good for. Absent: the caller's; with an instance key, the instance.").OrNull()),
            ("expires_at", Schema.Time("Absent: never.").OrNull())).Requires("name", "role");
        schemas["AccessKey"] = Schema.Object("A key, without its text.", [.. Members()]).Requires(Members().Select(member => member.Name));
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
        ("created_at", Schema.Time("")),
        ("expires_at", Schema.Time("Null: never.").OrNull()),
    ];

    private static OpenApiSchema Role() => Schema.OneOf("`writer` sends events, `reader` reads and proves them, `admin` may do everything.", RoleNames.All);
}
