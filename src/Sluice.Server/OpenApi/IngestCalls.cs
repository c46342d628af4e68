using Microsoft.OpenApi;
using Sluice.Events;

namespace Sluice.Server.OpenApi;

/// <summary>Sending events.</summary>
internal static class IngestCalls
{
    private const string Answer = "IngestAnswer", Problem = "IngestProblem";

    private const string RefusalCodes =
        "`missing_field`, `unknown_field`, `invalid_type`, `invalid_id`, `invalid_time`, `invalid_string`, `duplicate_member`, `number_precision`, `too_deep`";

    public static IEnumerable<(string Route, CallDescription Call)> All()
    {
        yield return ("POST /v1/audit/events", new CallDescription(
            "ingestEvents",
            "Answered after every event that it names as accepted is on the disk. A bad event never spoils its neighbours: it is named in `rejected`, the others are stored. " +
            "Sending the same again is safe: an event with the same tenant, `id` and content is a duplicate and is not stored twice.\n\n" +
            $"At most {EventLimits.EventsPerRequest:N0} events and {EventLimits.RequestBytes >> 20} MiB (decompressed) a request, and {EventLimits.CanonicalBytes:N0} canonical bytes an event. " +
            "Any content type but the two for lines is read as JSON.")
        {
            Parameters =
            [
                CallDescription.Query("results", Schema.Flag("Adds `results`, one for each event. An object sent alone always has it.").WithDefault(false)),
                CallDescription.Header("Content-Encoding", Schema.OneOf("How the body is compressed; absent: it is not.", "gzip", "identity")),
            ],
            Body = Body(),
            Answer = CallDescription.Json("At least one event was accepted, or stored before.", Schema.Ref(Answer)),
            Refusals =
            [
                (400, $"`all_rejected` when no event of several was accepted; of an event sent alone its own, one of {RefusalCodes}; `invalid_json`, `empty`, `invalid_gzip` when the body could not be read"),
                (403, "`forbidden`, or `forbidden_tenant` for an event sent alone"),
                (409, "`conflict`: an event sent alone has an `id` that is stored with other content"),
                (413, "`request_too_large`, or `too_large` for an event sent alone"),
                (415, "`unsupported_encoding`"),
                (429, "`busy`"),
                (503, "`unavailable`"),
                (507, "`disk_full`"),
            ],
        });
    }

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas[Answer] = Schema.Object("What became of the events. `accepted`, `duplicates` and `rejected` together are the events that were read.", [.. Counts()])
            .Requires("accepted", "duplicates", "rejected", "first_sequence", "last_sequence");
        schemas[Problem] = Schema.Open(
            "A refusal, with the same members as an answer where events were read.",
            [.. ((OpenApiSchema)schemas[Problems.Name]).Properties!.Select(member => (member.Key, member.Value)), .. Counts()]).Requires("type", "title", "status", "code", "detail");
        schemas["RejectedEvent"] = Schema.Object(
            "An event that was refused.",
            ("index", Schema.Whole("Which event of the request, from 0.", least: 0)),
            ("line", Schema.Whole("Where it, or what is wrong with it, stands in the body, from 1.", least: 1)),
            ("column", Schema.Whole("In that line, in bytes from 1.", least: 1)),
            ("id", Schema.Text("Its id, where it could be read.").OrNull()),
            ("code", Schema.OneOf(
                "What is wrong.", RefusalCode.MissingField, RefusalCode.UnknownField, RefusalCode.InvalidType, RefusalCode.InvalidId, RefusalCode.InvalidTime, RefusalCode.InvalidString,
                RefusalCode.DuplicateMember, RefusalCode.NumberPrecision, RefusalCode.TooDeep, RefusalCode.TooLarge, RefusalCode.InvalidJson, RefusalCode.ForbiddenTenant, RefusalCode.Conflict)),
            ("field", Schema.Text("The member at fault, as a path.").OrNull()),
            ("message", Schema.Text("What is wrong, for people."))).Requires("index", "line", "column", "id", "code", "field", "message");
        schemas["IngestResult"] = Schema.Object(
            "What became of one event.",
            ("index", Schema.Whole("Which event of the request, from 0.", least: 0)),
            ("id", Schema.Text("Its id, made when it had none.").OrNull()),
            ("sequence", Schema.Whole("Its place in the ledger; of a duplicate, that of the event stored first.", least: 0).OrNull()),
            ("status", Schema.OneOf("", "accepted", "duplicate", "rejected"))).Requires("index", "id", "sequence", "status");
    }

    public static string SchemaOf(int status) => status is 400 or 403 or 409 or 413 ? Problem : Problems.Name;

    private static OpenApiRequestBody Body()
    {
        var lines = Schema.Text("One event a line. Each line is judged alone.", "{\"action\":\"user.login\",\"outcome\":\"success\",\"actor\":{\"type\":\"user\",\"id\":\"ada\"}}\n");
        var json = new OpenApiSchema { OneOf = [Schema.Ref(EventSchemas.EventInput), Schema.List("", Schema.Ref(EventSchemas.EventInput), EventLimits.EventsPerRequest)] };
        return new OpenApiRequestBody
        {
            Description = "One event, an array of events, or one event a line.",
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = json },
                ["application/x-ndjson"] = new OpenApiMediaType { Schema = lines },
                ["application/jsonl"] = new OpenApiMediaType { Schema = lines },
            },
        };
    }

    private static IEnumerable<(string, IOpenApiSchema)> Counts() =>
    [
        ("accepted", Schema.Whole("Events newly stored.", least: 0)),
        ("duplicates", Schema.Whole("Events that were stored before with the same content.", least: 0)),
        ("rejected", Schema.List("Events that were refused, in the order of the request.", Schema.Ref("RejectedEvent"))),
        ("first_sequence", Schema.Whole("The lowest sequence newly stored; others' events may lie between.", least: 0).OrNull()),
        ("last_sequence", Schema.Whole("The highest sequence newly stored.", least: 0).OrNull()),
        ("results", Schema.List("One for each event, in the order of the request; with `?results=true`, and for an event sent alone.", Schema.Ref("IngestResult"))),
    ];
}
