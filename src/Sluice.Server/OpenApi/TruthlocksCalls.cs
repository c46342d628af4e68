using Microsoft.OpenApi;
using Sluice.Server.Dialects.Truthlocks;

namespace Sluice.Server.OpenApi;

/// <summary>Reading events as Truthlocks' clients do.</summary>
internal static class TruthlocksCalls
{
    private const string Page = "TruthlocksPage", Event = "TruthlocksEvent";

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/audit", new CallDescription("truthlocksListEvents", "The newest first, in commit order. Beside `cursor` the other parameters may be left out or be the same; `limit` may change.")
        {
            Parameters =
            [
                CallDescription.Query("actor", Schema.Text("The actor's id.")),
                CallDescription.Query("action", Schema.Text("The whole action.", "attestation.mint")),
                CallDescription.Query("resource_type", Schema.Text("", "attestation")),
                CallDescription.Query("from", Schema.Time("Events that happened then or later.")),
                CallDescription.Query("to", Schema.Time("Events that happened before.")),
                CallDescription.Query("limit", Schema.Whole("Events in a page.", 1, TruthlocksRequest.LargestLimit).WithDefault(TruthlocksRequest.DefaultLimit)),
                CallDescription.Query("cursor", Schema.Text("Of the page before.")),
                QueryCalls.Tenant(),
            ],
            Answer = CallDescription.Json("A page.", Schema.Ref(Page)),
            Refusals =
            [
                (400, "`invalid_parameter`, `unknown_parameter`, `invalid_page_token`, `page_token_mismatch`"),
                (403, "`forbidden`, `forbidden_tenant`"),
                (410, "`gap`: retention removed what comes next"),
                (503, "`unavailable`"),
            ],
        }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[Page] = Schema.Object(
            "A page of events in Truthlocks' form.",
            ("items", Schema.List("", Schema.Ref(Event))),
            ("next_cursor", Schema.Text("Where the next page begins; null after the oldest event.").OrNull())).Requires("items", "next_cursor");
        schemas[Event] = Schema.Object(
            "",
            ("id", Schema.Text("", "evt_abc123")), ("timestamp", Schema.Time("In milliseconds.")), ("tenant_id", Schema.Text("")),
            ("actor_type", Schema.Text("", "USER")), ("actor_id", Schema.Text("")), ("action", Schema.Text("", "attestation.mint")),
            ("resource_type", Schema.Text("")), ("resource_id", Schema.Text("")), ("service", Schema.Text("")),
            ("outcome", Schema.OneOf("A denied event is a FAILURE whose metadata say `denied`.", "SUCCESS", "FAILURE")),
            ("metadata", Schema.Open("")), ("integrity_hash", Schema.Text(""))).Requires("id", "timestamp", "tenant_id", "action", "outcome", "integrity_hash");
    }
}
