using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>How another product shows its customers their own events.</summary>
internal static class ViewerCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("POST /v1/viewer-tokens", new CallDescription(
            "createViewerToken",
            "Its holder sends it as `Authorization: Bearer slv_…` and sees the events of one tenant, their counts and proofs; every other call is 403 `forbidden`. It ends with its time, with the key that made it, and when it is revoked. " +
            "From where the key may be used does not matter for it.")
        {
            Body = CallDescription.JsonBody("Whose events are shown, for how long.", Schema.Ref("ViewerTokenInput")),
            Answer = CallDescription.Json("The token was made.", Schema.Ref("ViewerToken"), 201),
            Refusals =
            [
                (400, "`missing_field`, `unknown_field`, `duplicate_member`, `invalid_type`, `invalid_value`, `invalid_string`, `invalid_filter`, `invalid_json`"),
                (403, "`forbidden`, also for a sign-in to the console; `forbidden_tenant`"), (413, "`request_too_large`"),
            ],
        }),
        ("DELETE /v1/viewer-tokens/{id}", new CallDescription("revokeViewerToken", "By the key that made it, or by an admin of its tenant or of the instance. It is refused from then on, at other nodes within a second.")
        {
            Answer = (204, new OpenApiResponse { Description = "It is revoked." }),
            Refusals = [(404, "`not_found`: there is none, it has ended, or this key may not revoke it")],
        }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["ViewerTokenInput"] = Schema.Object(
            "A viewer token to make.",
            ("tenant_id", Schema.Text("Whose events it shows. An instance key must say so; a tenant's key shows its own.", "acme").OrNull()),
            ("expires_in_seconds", Schema.Whole("Default 900.", 60, 86_400).OrNull()),
            ("filter", Schema.Text("Only events that this filter lets through, whatever its holder asks for.", "category EQ \"access\"").OrNull()),
            ("user", Schema.Text("Who looks, 1 to 256 characters: the actor of its calls in Sluice's own ledger.", "ada@acme.example").OrNull()));
        schemas["ViewerToken"] = Schema.Object(
            "",
            ("id", Schema.Text("`vwt_…`: to revoke it. It opens nothing.")),
            ("token", Schema.Text("This once.", "slv_…")),
            ("tenant_id", Schema.Text("")),
            ("user", Schema.Text("").OrNull()),
            ("filter", Schema.Text("").OrNull()),
            ("expires_at", Schema.Time("")),
            ("url", Schema.Text("The viewer with this token, relative to the address at which browsers reach Sluice.", "/viewer#token=slv_…")))
            .Requires("id", "token", "tenant_id", "user", "filter", "expires_at", "url");
    }
}
