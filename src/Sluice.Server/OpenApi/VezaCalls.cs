using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Reading events as Veza's clients do.</summary>
internal static class VezaCalls
{
    private const string Page = "VezaPage", Event = "VezaEvent", Error = "VezaError";

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /api/preview/system/audit", Call(
            "vezaListEvents", "ended_at",
            "Ordered by `ended_at`, and by commit order where that is equal. The filter has a lower bound of `ended_at` of at most 90 days ago. All pages of a walk are of the events that were committed when it began.",
            [(503, "`UNAVAILABLE`")])),
        ("GET /api/preview/system/audit/export", Call(
            "vezaExportEvents", "persisted_at",
            "Ordered by `persisted_at`, which is commit order. The filter of the first page has a lower bound of `persisted_at` that is not older than the setting `Veza:ExportWindow`; beside a token it is ignored. " +
            "Whoever follows the tokens sees every committed event exactly once; an empty page has one too: ask again with it.",
            [])),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[Page] = Schema.Object(
            "A page of events in Veza's form.",
            ("values", Schema.List("", Schema.Ref(Event))),
            ("next_page_token", Schema.Text("Where the next page begins; there always is one.")),
            ("has_more", Schema.Flag("Whether there is something in it already.")),
            ("warnings", Schema.List("What of the request was ignored.", Schema.Text("")))).Requires("values", "next_page_token", "has_more");
        schemas[Event] = EventSchema();
        schemas[Error] = Schema.Open(
            "Why a call was refused.",
            ("code", Schema.Text("gRPC's word for it.", "INVALID_ARGUMENT")),
            ("message", Schema.Text("What is wrong and what to do, for people.")),
            ("field", Schema.Text("The parameter at fault.").OrNull()),
            ("column", Schema.Whole("Where in the filter, from 1.")),
            ("expected", Schema.Text("What the filter should have there."))).Requires("code", "message");
    }

    private static CallDescription Call(string id, string time, string text, IEnumerable<(int, string)> more) => new(id, text)
    {
        ErrorType = "application/json",
        ErrorSchema = Error,
        Parameters =
        [
            CallDescription.Query("filter", Schema.Text("The filter language of `/v1/audit/events` with Veza's names. Required on the first page."), $"{time} GE \"2026-03-01T00:00:00Z\" AND method EQ \"POST\""),
            new OpenApiParameter { Name = "page_size", In = ParameterLocation.Query, Required = true, Description = "Events in a page.", Schema = Schema.Whole("Events in a page.", 1, 10_000) },
            CallDescription.Query("page_token", Schema.Text("Of the page before; empty for the first one.")),
            CallDescription.Query("next_page_token", Schema.Text("The same by its other name.")),
            QueryCalls.Tenant(),
        ],
        Answer = CallDescription.Json("A page.", Schema.Ref(Page)),
        Refusals =
        [
            (400, "`INVALID_ARGUMENT`"),
            (403, "`PERMISSION_DENIED`"),
            (410, "`OUT_OF_RANGE`: retention removed what comes next, from `first` to `last`; `resume_page_token` goes on behind it"),
            (429, "`ResourceExhausted`: wait a minute, then send the same again"),
            .. more,
        ],
    };

    private static OpenApiSchema EventSchema() => Schema.Object(
        "An event as an API call; a text that the event does not have is empty.",
        ("identity", Texts("user_id", "session_id", "api_key_id", "email")),
        ("status", Schema.Object("", ("grpc_code", Schema.Text("", "OK")), ("http_status", Schema.Whole("")), ("error_reason", Schema.Text("")))),
        ("client", Texts("ip", "user_agent")),
        ("endpoint", Schema.Text("")), ("method", Schema.Text("")), ("url", Schema.Text("")), ("request_id", Schema.Text("")),
        ("request", Schema.Open("")), ("response", Schema.Open("")), ("started_at", Schema.Time("")), ("ended_at", Schema.Time("")));

    private static OpenApiSchema Texts(params string[] names) => Schema.Object("", [.. names.Select(name => (name, (IOpenApiSchema)Schema.Text("")))]);
}
