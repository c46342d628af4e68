using Microsoft.OpenApi;
using Sluice.Streams;

namespace Sluice.Server.OpenApi;

/// <summary>Replays, and dead letters with their events.</summary>
internal static class ReplaySchemas
{
    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["ReplayInput"] = Schema.Object(
            "",
            ("from", Bound("The first event: a sequence, or an RFC 3339 time and the first event committed then or later. Without it, from the first that is kept, which needs a filter.")),
            ("to", Bound("The last event: a sequence, or an RFC 3339 time and the last event committed before it. Without it, everything there is by now.")),
            ("filter", Schema.Text("Of these, only events that match this filter.").OrNull()),
            ("events_per_second", Pace()));
        schemas["DeadLetterReplay"] = Schema.Object("", ("sequences", Schema.List("Which dead letters; all without it.", Schema.Whole("", least: 0), ReplayOrder.MostSequences)));
        schemas["Replay"] = Record("Events that are sent again.", Members());
        schemas["Replays"] = Record("", ("replays", Schema.List("", Schema.Ref("Replay"))), ("next_page_token", Schema.Text("Always null: all are there.").OrNull()));
        AddDeadLetter(schemas);
    }

    private static void AddDeadLetter(IDictionary<string, IOpenApiSchema> schemas)
    {
        var letter = schemas["DeadLetter"].Properties!.Select(member => (member.Key, member.Value));
        schemas["DeadLetterWithEvent"] = Record("An event that the destination refuses for good, as it was sent.",
        [
            .. letter, ("profile", Schema.Text("How the event is spelled.", "sluice")),
            ("event", new OpenApiSchema { Description = "The event in that profile: JSON, or a text where the profile is none. Null when retention removed it." }),
        ]);
    }

    private static (string, IOpenApiSchema)[] Members() =>
    [
        ("id", Schema.Text("", "rpl_01KAJ3T6H7Q9")), ("status", Schema.OneOf("", Enum.GetValues<ReplayStatus>().Select(status => status.Name()))),
        ("sent", Schema.Whole("Events that the destination took.", least: 0)), ("total", Schema.Whole("Events that it is about; null until they are counted.", least: 0).OrNull()),
        ("refused", Schema.Whole("Events that the destination refused: they are dead letters.", least: 0)),
        ("source", Schema.OneOf("", Enum.GetValues<ReplaySource>().Select(source => source.Name()))),
        ("from", Schema.Whole("The first sequence.", least: 0)), ("to", Schema.Whole("The last sequence; below `from` when there is nothing to send.", least: -1)), ("filter", Schema.Text("").OrNull()),
        ("events_per_second", Pace()), ("gap_id", Schema.Text("The gap that it refills.").OrNull()), ("cursor", Schema.Whole("Everything of the range up to here was taken, refused, or is not for it.", least: -1)),
        ("first_available", Schema.Whole("Retention had removed what the range has before this sequence when the replay got there; null: it had not.", least: 0).OrNull()),
        ("last_error", new OpenApiSchema { Description = "The failure that it waits out, or that ended it.", OneOf = [Schema.Ref("DeliveryError"), new OpenApiSchema { Type = JsonSchemaType.Null }] }),
        ("reason", Schema.Text("Why it ended before its end.").OrNull()), ("created_at", Schema.Time("")), ("ended_at", Schema.Time("").OrNull()),
    ];

    private static OpenApiSchema Bound(string description) => new() { Type = JsonSchemaType.String | JsonSchemaType.Integer | JsonSchemaType.Null, Description = description };

    private static OpenApiSchema Pace() => Schema.Whole("At most so many; null: as fast as the destination takes them.", 1, 1_000_000).OrNull();

    private static OpenApiSchema Record(string description, params (string Name, IOpenApiSchema Schema)[] members) => Schema.Object(description, members).Requires(members.Select(member => member.Name));
}
