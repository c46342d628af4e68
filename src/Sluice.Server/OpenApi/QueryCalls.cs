using Microsoft.OpenApi;
using Sluice.Profiles;
using Sluice.Query;

namespace Sluice.Server.OpenApi;

/// <summary>Reading events.</summary>
internal static class QueryCalls
{
    private const string FilterCodes = "`invalid_filter` (with `column` and `expected`), `invalid_parameter`, `unknown_parameter`";

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/audit/events", List()),
        ("GET /v1/audit/events/live", Live()),
        ("GET /v1/audit/events/{id}", One()),
        ("GET /v1/audit/export", Export()),
        ("GET /v1/audit/stats", Stats()),
        ("GET /v1/audit/event-types", EventTypes()),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["EventPage"] = Schema.Object(
            "A page of events, ordered by `sequence`.",
            ("events", Schema.List("", Schema.Ref(EventSchemas.Event))),
            ("next_page_token", Schema.Text("Where the next page begins. With `order=asc` there always is one: ask again with it for what was committed since.").OrNull()),
            ("has_more", Schema.Flag("Whether there is a next page already."))).Requires("events", "next_page_token", "has_more");
        schemas["EventTypes"] = Schema.Object(
            "",
            ("event_types", Schema.List("", Schema.Object(
                "",
                ("name", Schema.Text("What `action` has.")),
                ("category", Schema.Text("")),
                ("labels", Schema.Object("What people call it.", ("en", Schema.Text("")), ("de", Schema.Text(""))).Requires("en", "de")),
                ("description", Schema.Text("What has happened; empty where the name says it.")),
                ("source", Schema.Text("`sluice` when Sluice raises it itself.").OrNull())).Requires("name", "category", "labels", "description", "source")))).Requires("event_types");
        schemas["Stats"] = Schema.Object(
            "Counts of events, earlier intervals first, then larger groups.",
            ("groups", Schema.List("At most 10,000.", Schema.Object(
                "",
                ("key", Schema.Open("The values that the group's events share, by field; null where they have none.")),
                ("start", Schema.Time("When the group's interval begins; only with `interval`.")),
                ("count", Schema.Whole("", least: 1))).Requires("key", "count"))),
            ("total", Schema.Whole("Events that match, those of left-out groups included.", least: 0)),
            ("truncated", Schema.Flag("Whether groups were left out because there were too many."))).Requires("groups", "total", "truncated");
    }

    public static OpenApiParameter Tenant() => CallDescription.Query(
        "tenant_id", Schema.Text("Only this tenant's events. With a tenant's key it is that tenant and may be left out. `_sluice` reads Sluice's own ledger."));

    private static OpenApiParameter Source() => CallDescription.Query(
        "source", Schema.OneOf("`sluice`: Sluice's own events about the tenant's keys and destinations, in place of the tenant's events.", "sluice"));

    private static OpenApiParameter Filter() => CallDescription.Query(
        "filter",
        new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            MaxLength = 4096,
            Description = "Which events: terms `field op value` with AND, OR, NOT and parentheses; `op` is EQ, NE, GT, GE, LT, LE, PREFIX, CONTAINS, or IN (…). At most 4,096 bytes and 64 terms. " +
                "A tenant's key reads its own tenant's events only, whatever the filter says.",
        },
        "actor.id EQ \"ada\" AND timestamp GE \"2026-03-01T00:00:00Z\"");

    private static CallDescription List() => new(
        "listEvents",
        "Ordered by `sequence`. A reader that follows `next_page_token` sees every committed event exactly once. Beside a token, `filter` and `order` may be absent or the same; `page_size` may change.")
    {
        Parameters =
        [
            Filter(),
            CallDescription.Query("order", Schema.OneOf("`desc`: the newest first. `asc`: the oldest first, and on to what is committed later.", "desc", "asc").WithDefault("desc")),
            CallDescription.Query("page_size", Schema.Whole("Events in a page.", 1, 10_000).WithDefault(100)),
            CallDescription.Query("page_token", Schema.Text("Of the page before; empty for the first one.")),
            Tenant(),
            Source(),
        ],
        Answer = CallDescription.Json("A page.", Schema.Ref("EventPage")),
        Refusals =
        [
            (400, FilterCodes + ", `invalid_page_token`, `page_token_mismatch`"),
            (403, "`forbidden`, `forbidden_tenant`"),
            (410, "`gap`: retention removed what comes next, from `first` to `last`; `resume_page_token` goes on behind it"),
            (503, "`unavailable`"),
        ],
    };

    private static CallDescription Live() => new(
        "followEvents",
        "Server-sent events: `data:` is an event, `id:` a page token. A comment every 15 s keeps the connection open. " +
        "A reader that is 10,000 events behind is disconnected. Whoever comes back with `Last-Event-ID` misses nothing.")
    {
        Parameters = [Filter(), Tenant(), Source(), CallDescription.Header("Last-Event-ID", Schema.Text("The last `id:` received: goes on behind it. Absent: from now."))],
        Answer = (200, CallDescription.Response("Events as they are committed.", "text/event-stream", Schema.Text("", "id: …\ndata: {…}\n\n"))),
        Refusals = [(400, FilterCodes + ", `invalid_page_token`, `page_token_mismatch`"), (403, "`forbidden`, `forbidden_tenant`"), (410, "`gap`"), (503, "`unavailable`")],
    };

    private static CallDescription One() => new(
        "getEvent",
        "With `profile`, the answer is the bytes that a destination with that profile gets: its own JSON, or one line of plain text.")
    {
        Parameters =
        [
            Tenant(),
            Source(),
            CallDescription.Query("profile", Schema.OneOf("How the event is spelled. Absent: `sluice`, as described here.", [.. ProfileCatalogue.All.Select(profile => profile.Name)])),
        ],
        Answer = OneAnswer(),
        Refusals = [(400, "`unknown_parameter`, `invalid_parameter`"), (403, "`forbidden`, `forbidden_tenant`"), (404, "`not_found`"), (409, "`ambiguous_id`: more than one tenant has such an event, say which with `tenant_id`"), (503, "`unavailable`")],
    };

    private static (int, OpenApiResponse) OneAnswer()
    {
        var (status, response) = CallDescription.Json("The event.", Schema.Ref(EventSchemas.Event));
        response.Content!["text/plain"] = new OpenApiMediaType { Schema = Schema.Text("In the profiles `cef` and `leef`.") };
        return (status, response);
    }

    private static CallDescription Export() => new(
        "exportEvents",
        "Everything that matches, the oldest first, up to the ledger's size at the time of asking; one event a line. A failure breaks the connection and never ends it cleanly: " +
        "go on with `after`, the sequence of the last whole line. With `proofs=true` each line has `proof` and the last line is `{\"checkpoint\":\"…\"}`: `sluice verify` checks such a file offline.")
    {
        Parameters =
        [
            Filter(),
            CallDescription.Query("after", Schema.Whole("Only events with a higher sequence.", least: 0)),
            CallDescription.Query("proofs", Schema.Flag("Adds inclusion proofs and the checkpoint that they lead to.").WithDefault(false)),
            Tenant(),
            Source(),
        ],
        Answer = (200, CallDescription.Response("Events, one a line.", "application/x-ndjson", Schema.Text("", "{\"id\":\"…\"}\n"))),
        Refusals = [(400, FilterCodes), (403, "`forbidden`, `forbidden_tenant`"), (410, "`gap`"), (503, "`unavailable`")],
    };

    private static CallDescription EventTypes() => new("listEventTypes", "Those that senders use and have a category by themselves, and those that Sluice raises in its own ledger. Others are accepted too.")
    {
        Answer = CallDescription.Json("The event types, by name.", Schema.Ref("EventTypes")),
        Refusals = [(400, "`unknown_parameter`")],
    };

    private static CallDescription Stats() => new("countEvents", "")
    {
        Parameters =
        [
            Filter(),
            CallDescription.Query("group_by", Schema.Text("One to three fields with commas between, named as in filters."), "action,outcome"),
            CallDescription.Query("interval", new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[1-9][0-9]*[smhd]$", Description = "Groups by `timestamp` too: a number and s, m, h or d, at most 366d." }, "1h"),
            CallDescription.Query("utc_offset", Schema.Text("How far the clocks that intervals begin by are ahead of UTC: with `+05:30`, days begin at midnight in Kolkata."), "+05:30"),
            CallDescription.Query("limit", Schema.Whole("How many groups at most: the first ones, which are the largest without `interval`. The others are left out and `truncated` says so.", 1, EventStats.MaxGroups).WithDefault(EventStats.MaxGroups)),
            Tenant(),
            Source(),
        ],
        Answer = CallDescription.Json("The counts.", Schema.Ref("Stats")),
        Refusals = [(400, FilterCodes), (403, "`forbidden`, `forbidden_tenant`"), (503, "`unavailable`")],
    };
}
