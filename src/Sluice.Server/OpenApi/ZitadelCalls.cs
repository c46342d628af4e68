using Microsoft.OpenApi;
using Sluice.Server.Dialects.Zitadel;

namespace Sluice.Server.OpenApi;

/// <summary>Reading events as ZITADEL's clients do.</summary>
internal static class ZitadelCalls
{
    private const string Search = "ZitadelSearch", Page = "ZitadelPage", Event = "ZitadelEvent", TypeName = "ZitadelType", Error = "ZitadelError";

    private static readonly (int, string)[] Refusals =
    [
        (400, "3, `INVALID_ARGUMENT`"),
        (403, "7, `PERMISSION_DENIED`"),
        (429, "8, `RESOURCE_EXHAUSTED`"),
        (503, "14, `UNAVAILABLE`"),
    ];

    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("POST /admin/v1/events/_search", new CallDescription(
            "zitadelListEvents",
            "The newest first, or with `asc` the oldest, in order of `creationDate`. With `sequence`, be it 0, in commit order: then the last sequence of a page leads to the next one. " +
            "Members may be spelled in snake case, too. A type of event or aggregate that is in no catalogue and in no event is refused. Labels are English or German (`Accept-Language`).")
        {
            Parameters = [Language()],
            Body = CallDescription.JsonBody("Which events; nothing for the newest 1,000.", Schema.Ref(Search), required: false),
            Answer = CallDescription.Json("The events.", Schema.Ref(Page)),
            ErrorType = "application/json",
            ErrorSchema = Error,
            Refusals = Refusals,
        }),
        ("POST /admin/v1/events/types/_search", Types("zitadelListEventTypes", "eventTypes", "Those that have a name and those that the events have which the key may read.")),
        ("POST /admin/v1/aggregates/types/_search", Types("zitadelListAggregateTypes", "aggregateTypes", "An event's aggregate is its resource, or, without the id of one, its actor.")),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[Search] = SearchSchema();
        schemas[Page] = Schema.Object("Events in ZITADEL's form.", ("events", Schema.List("", Schema.Ref(Event)))).Requires("events");
        schemas[Event] = Schema.Object(
            "What an event does not have is left out.",
            ("editor", Schema.Object("The actor.", ("userId", Schema.Text("")), ("displayName", Schema.Text("")), ("service", Schema.Text("")))),
            ("aggregate", Schema.Object("", ("id", Schema.Text("")), ("type", Schema.Ref(TypeName)), ("resourceOwner", Schema.Text("The tenant.")))),
            ("sequence", Schema.Text("The event's place in the ledger.", "4711")),
            ("creationDate", Schema.Time("In microseconds.")),
            ("payload", Schema.Open("The event's metadata.")),
            ("type", Schema.Ref(TypeName))).Requires("editor", "aggregate", "sequence", "creationDate", "type");
        schemas[TypeName] = Schema.Object(
            "",
            ("type", Schema.Text("", "user.human.added")),
            ("localized", Schema.Object("", ("key", Schema.Text("", "EventTypes.user.human.added")), ("localizedMessage", Schema.Text("", "Person added"))))).Requires("type", "localized");
        schemas[Error] = Schema.Open(
            "Why a call was refused.",
            ("code", Schema.Whole("gRPC's number for it.")),
            ("message", Schema.Text("What is wrong and what to do, for people.")),
            ("details", Schema.List("", Schema.Open("", ("id", Schema.Text("What programs can rely on.", "unknown_type")), ("field", Schema.Text("The member at fault.")))))).Requires("code", "message", "details");
    }

    private static OpenApiSchema SearchSchema() => Schema.Object(
        "",
        ("sequence", Schema.Text("Only events behind this one. A number will do, too.", "4711")),
        ("limit", Schema.Whole($"Events in the answer; 0, and what is above {ZitadelRequest.LargestPage}, is {ZitadelRequest.LargestPage}.", least: 0)),
        ("asc", Schema.Flag("The oldest first.").WithDefault(false)),
        ("editorUserId", Schema.Text("The actor's id.")),
        ("eventTypes", Schema.List("", Schema.Text("", "user.human.password.check.failed"))),
        ("aggregateId", Schema.Text("")),
        ("aggregateTypes", Schema.List("", Schema.Text("", "user"))),
        ("resourceOwner", Schema.Text("The tenant.")),
        ("from", Schema.Time("With `asc` only events after it, else only those before.")),
        ("creationDate", Schema.Time("Only events of this time or later. `from` wins over it.")),
        ("range", Schema.Object("Wins over `from` and `creationDate`.", ("since", Schema.Time("Events of this time or later.")), ("until", Schema.Time("Events before it.")))));

    private static CallDescription Types(string id, string name, string text) => new(id, text)
    {
        Parameters = [Language()],
        Body = CallDescription.JsonBody("Nothing, or an empty object.", Schema.Object(""), required: false),
        Answer = CallDescription.Json("The types, in order of their technical names.", Schema.Object("", (name, Schema.List("", Schema.Ref(TypeName)))).Requires(name)),
        ErrorType = "application/json",
        ErrorSchema = Error,
        Refusals = Refusals,
    };

    private static OpenApiParameter Language() => CallDescription.Header("Accept-Language", Schema.Text("Of the labels: `en` (default) or `de`."));
}
