using Microsoft.OpenApi;
using Sluice.Events;

namespace Sluice.Server.OpenApi;

/// <summary>The event as senders write it and as readers see it.</summary>
internal static class EventSchemas
{
    public const string Event = "Event", EventInput = "EventInput";

    private const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$";

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[EventInput] = Schema.Object(
            "An audit event as it is sent. Members that are not named here are refused at the top level and in `api_call`, and kept in `actor`, `resource` and `metadata`. " +
            "`sequence`, `persisted_at`, `integrity_hash` and `salt` are ignored, so that an exported line can be sent again.",
            [.. Members()]).Requires("action", "outcome", "actor");
        schemas[Event] = Schema.Object("An audit event as it is kept.", [.. Members(), .. Stored()])
            .Requires("id", "timestamp", "tenant_id", "category", "action", "outcome", "actor", "sequence", "persisted_at", "integrity_hash");
    }

    private static IEnumerable<(string, IOpenApiSchema)> Members() =>
    [
        ("id", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = IdPattern, Description = "Unique in its tenant; sending it again with the same content stores nothing twice. Absent: `evt_` and a ULID. Not `live`.", Examples = ["evt_01KAJ3T6H7Q9"] }),
        ("timestamp", Schema.Time("When it happened: RFC 3339 with any offset, at most nine fraction digits, 1970 to 2261. Answered in UTC with nine digits. Absent: when it arrived.")),
        ("tenant_id", Schema.Text($"Whose event it is, at most {EventLimits.TenantBytes} bytes. Absent: the key's tenant, with an instance key `default`.", "acme")),
        ("category", Schema.Text("Absent: from the catalogue of actions, else `uncatalogued`.", "authentication")),
        ("action", Schema.Text($"What was done: words with dots between, at most {EventLimits.ActionBytes} bytes. Unknown ones are accepted.", "user.login")),
        ("outcome", Schema.OneOf("What came of it.", "success", "failure", "denied")),
        ("service", Schema.Text("The service in which it happened.", "pki")),
        ("actor", Schema.Open(
            "Who did it. Further members are kept.",
            ("type", Schema.Text("Such as `user`, `machine` or `system`.", "user")),
            ("id", Schema.Text("", "usr_k1")),
            ("name", Schema.Text("Personal.", "Ada")),
            ("email", Schema.Text("Personal.", "ada@example.com"))).Requires("type", "id")),
        ("resource", Schema.Open(
            "To what it was done. Further members are kept.",
            ("type", Schema.Text("", "certificate")), ("id", Schema.Text("", "crt_o5")), ("name", Schema.Text("", "api.example.com")))),
        ("source_ip", Schema.Text("Personal.", "203.0.113.42")),
        ("user_agent", Schema.Text("Personal.")),
        ("session_id", Schema.Text("")),
        ("api_key_id", Schema.Text("The sender's key, not Sluice's.")),
        ("request_id", Schema.Text("")),
        ("api_call", ApiCall()),
        ("metadata", Schema.Open("Anything else, to a depth of 32. `metadata.personal` is personal.", ("personal", Schema.Open("Personal.")))),
    ];

    private static OpenApiSchema ApiCall() => Schema.Object(
        "The API call that it was, if it was one.",
        ("endpoint", Schema.Text("")), ("method", Schema.Text("", "POST")), ("url", Schema.Text("")), ("grpc_code", Schema.Text("", "OK")),
        ("http_status", Schema.Whole("")), ("error_reason", Schema.Text("")), ("request", Schema.Open("")), ("response", Schema.Open("")),
        ("started_at", Schema.Time("")), ("ended_at", Schema.Time("")));

    private static IEnumerable<(string, IOpenApiSchema)> Stored() =>
    [
        ("salt", Schema.Text("16 random bytes, base64url, made on accept: what the commitment to the personal members is salted with.", "kq3yTnX0b8cVQp5wJ1r2Zg")),
        ("personal", Schema.Text("The commitment, `sha256:` and 64 hex digits, in place of salt and personal members where those were erased or masked.")),
        ("sequence", Schema.Whole("Its place in the ledger: 0, 1, 2, … in commit order, without holes.", least: 0)),
        ("persisted_at", Schema.Time("When it was committed. Never goes back along `sequence`.")),
        ("integrity_hash", Schema.Text("`sha256:` and 64 hex digits: SHA-256 of the canonical form, which is the ledger's entry.")),
    ];
}
