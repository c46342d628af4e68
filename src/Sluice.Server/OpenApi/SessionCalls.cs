using Microsoft.OpenApi;
using Sluice.Server.Authentication;
using Sluice.Server.Endpoints;
using Sluice.Tenants;

namespace Sluice.Server.OpenApi;

/// <summary>How the console signs in.</summary>
internal static class SessionCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/sign-in", new CallDescription("getSignIn", "") { Answer = CallDescription.Json("What is offered.", Schema.Ref("SignIn")) }),
        ("POST /v1/session", new CallDescription(
            "startSession",
            "The answer sets a cookie that is good in place of a key, with that key's permissions and limits, until it expires or the key ends. " +
            $"Calls by cookie other than GET and HEAD carry `{SessionAuthentication.CsrfHeader}`; without it they are 403 `csrf`.")
        {
            Body = CallDescription.JsonBody("The access key to sign in with.", Schema.Ref("SessionInput")),
            Answer = CallDescription.Json("Signed in.", Schema.Ref("Session"), 201),
            Refusals =
            [
                (400, "`missing_field`, `unknown_field`, `duplicate_member`, `invalid_type`, `invalid_string`, `invalid_json`"),
                (401, "`unauthorized`: the key is not known, or has expired"), (403, "`forbidden_address`, `forbidden_tenant`"), (413, "`request_too_large`"), (415, "`unsupported_media_type`"),
                (429, "`rate_limited`: ten sign-ins from this address have failed in this minute"),
            ],
        }),
        ("GET /v1/session", new CallDescription("getSession", "") { Answer = CallDescription.Json("Whose session, or key, it is.", Schema.Ref("Session")) }),
        ("DELETE /v1/session", new CallDescription("endSession", "Without a session there is nothing to end.") { Answer = (204, new OpenApiResponse { Description = "Signed out." }) }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["SignIn"] = Schema.Object(
            "",
            ("key", Schema.Flag("By access key.")),
            ("oidc", Schema.Object("By OpenID Connect; null when no provider is set up.", ("name", Schema.Text("The provider's.")), ("url", Schema.Text("Where the browser goes."))).OrNull())).Requires("key", "oidc");
        schemas["SessionInput"] = Schema.Object("", ("key", Schema.Text("", "slc_live_…"))).Requires("key");
        schemas["Session"] = Schema.Object(
            "Who calls.",
            ("id", Schema.Text("The session's, `ses_…`, or the viewer token's, `vwt_…`; for a call with a key the key's.")),
            ("kind", Schema.OneOf("Signed in with a key, or through a provider; or the holder of a viewer token.", "key", "user", "viewer")),
            ("name", Schema.Text("Of a viewer its `user`; empty where none was named.")),
            ("role", AccessCalls.Role()),
            ("tenant_id", Schema.Text("Null: the whole instance.").OrNull()),
            ("permissions", Schema.List("What the role includes.", Schema.OneOf("", Enum.GetValues<Permission>().Select(SessionAnswer.NameOf)))),
            ("expires_at", Schema.Time("When to sign in again; null for a call with a key.").OrNull()),
            ("csrf_token", Schema.Text($"For `{SessionAuthentication.CsrfHeader}`; null for a call with a key or a viewer token.").OrNull()))
            .Requires("id", "kind", "name", "role", "tenant_id", "permissions", "expires_at", "csrf_token");
    }
}
