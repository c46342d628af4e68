using Microsoft.OpenApi;
using Sluice.Server.Dialects.Zaita;

namespace Sluice.Server.OpenApi;

/// <summary>Reading events as Zaita's clients do.</summary>
internal static class ZaitaCalls
{
    private const string Page = "ZaitaPage", Event = "ZaitaEvent";

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/zaita/audit-events", new CallDescription(
            "zaitaListEvents",
            "In commit order, the oldest first. Beside `page_token` the other parameters may be left out or be the same; `page_size` may change. " +
            "Keep the last token that was not null: asked again with it, the call gives what was committed since, each event once.")
        {
            Parameters =
            [
                CallDescription.Query("from", Schema.Time("Events that happened then or later.")),
                CallDescription.Query("to", Schema.Time("Events that happened before.")),
                CallDescription.Query("event_type", Schema.Text("A whole action, or all below a word.", "certificate.*")),
                CallDescription.Query("actor", Schema.Text("The actor's id.")),
                CallDescription.Query("resource_type", Schema.Text("", "certificate")),
                CallDescription.Query("resource_id", Schema.Text("")),
                CallDescription.Query("page_size", Schema.Whole("Events in a page.", 1, ZaitaRequest.LargestPage).WithDefault(ZaitaRequest.DefaultPage)),
                CallDescription.Query("page_token", Schema.Text("Of the page before; empty for the first one.")),
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
            "A page of events in Zaita's form.",
            ("events", Schema.List("", Schema.Ref(Event))),
            ("next_page_token", Schema.Text("Where the next page begins; null when the page is empty, and on the last page of a time that is over.").OrNull())).Requires("events", "next_page_token");
        schemas[Event] = Schema.Object(
            "What an event does not have is left out.",
            ("event_id", Schema.Text("", "evt_a1b2c3d4e5f6")), ("timestamp", Schema.Time("In milliseconds.")), ("tenant_id", Schema.Text("")),
            ("actor", Schema.Object("", ("type", Schema.Text("", "user")), ("id", Schema.Text("")), ("email", Schema.Text("")))),
            ("action", Schema.Text("", "certificate.issue")),
            ("resource", Schema.Object("", ("type", Schema.Text("", "certificate")), ("id", Schema.Text("")), ("name", Schema.Text("")))),
            ("outcome", Schema.OneOf("", "success", "failure", "denied")), ("metadata", Schema.Open("")), ("source_ip", Schema.Text(""))).Requires("event_id", "timestamp", "tenant_id", "action", "outcome");
    }
}
