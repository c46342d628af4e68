using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>What a stream leaves behind: attempts, dead letters, gaps, results of tests.</summary>
internal static class StreamRecordSchemas
{
    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas, string[] classes)
    {
        schemas["DeliveryError"] = Schema.Object(
            "What kept a destination from taking events.",
            ("class", Schema.OneOf("", classes)), ("message", Schema.Text("For people; secrets are masked.")), ("at", Schema.Time(""))).Requires("class", "message", "at");
        schemas["TestResult"] = Schema.Object(
            "What came of a test.",
            ("ok", Schema.Flag("Whether the event arrived.")), ("class", Schema.OneOf("", classes).OrNull()), ("http_status", Schema.Whole("").OrNull()),
            ("duration_ms", Schema.Whole("", least: 0)), ("sent_bytes", Schema.Whole("", least: 0)),
            ("answer", Schema.Text("What the destination said, or what went wrong; at most 512 characters, secrets masked.").OrNull())).Requires("ok", "class", "http_status", "duration_ms", "sent_bytes", "answer");
        schemas["Resume"] = Schema.Object("", ("from", Schema.Text("`now`, `gap` (where it stopped), or an RFC 3339 time.").WithDefault("now")));
        Page(schemas, "Attempts", "attempts", "One sending, the newest first.",
            ("at", Schema.Time("")), ("first_sequence", Schema.Whole("")), ("last_sequence", Schema.Whole("")), ("events", Schema.Whole("", least: 1)),
            ("bytes", Schema.Whole("Of the body, as sent.", least: 0)), ("duration_ms", Schema.Whole("", least: 0)), ("result", Schema.OneOf("", "delivered", "try_later", "partly_refused", "refused")),
            ("class", Schema.OneOf("", classes).OrNull()), ("http_status", Schema.Whole("").OrNull()), ("message", Schema.Text("").OrNull()));
        Page(schemas, "DeadLetters", "dead_letters", "An event that the destination refuses for good.",
            ("id", Schema.Text("The event's id.")), ("sequence", Schema.Whole("", least: 0)), ("tenant_id", Schema.Text("")), ("reason", Schema.Text("What the destination said.")),
            ("class", Schema.OneOf("", classes)), ("at", Schema.Time("")), ("attempts", Schema.Whole("", least: 1)),
            ("replay_id", Schema.Text("The replay that set it aside; null for the stream.").OrNull()));
        schemas["LagSample"] = Record("How far a destination was behind.",
            ("at", Schema.Time("A whole minute.")), ("events", Schema.Whole("Events not confirmed yet, also of those that its filter will keep back.", least: 0)), ("seconds", Schema.Whole("How long the oldest of them had waited.", least: 0)));
        schemas["LagSamples"] = Record("", ("samples", Schema.List("", Schema.Ref("LagSample"))));
        schemas["Gap"] = Record("A range that was on purpose not streamed.",
            ("id", Schema.Text("", "gap_01KAJ3T6H7Q9")), ("reason", Schema.OneOf("", "disabled", "exhausted", "retention")), ("first", Schema.Whole("The first sequence not sent.", least: 0)),
            ("last", Schema.Whole("Null while the gap is open.").OrNull()), ("count", Schema.Whole("Events in it that the filter lets through; null until they are counted.", least: 0).OrNull()),
            ("opened_at", Schema.Time("")), ("closed_at", Schema.Time("").OrNull()), ("refilled_at", Schema.Time("").OrNull()));
        schemas["Gaps"] = Record("", ("gaps", Schema.List("", Schema.Ref("Gap"))));
    }

    private static void Page(IDictionary<string, IOpenApiSchema> schemas, string name, string list, string description, params (string Name, IOpenApiSchema Schema)[] members)
    {
        schemas[name[..^1]] = Record(description, members);
        schemas[name] = Record("", (list, Schema.List("", Schema.Ref(name[..^1]))), ("next_page_token", Schema.Text("Where the next page begins; null after the last.").OrNull()));
    }

    private static OpenApiSchema Record(string description, params (string Name, IOpenApiSchema Schema)[] members) => Schema.Object(description, members).Requires(members.Select(member => member.Name));
}
