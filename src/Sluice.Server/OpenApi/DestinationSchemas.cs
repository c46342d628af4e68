using Microsoft.OpenApi;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Streams;

namespace Sluice.Server.OpenApi;

/// <summary>Destinations, with every provider's own members as its settings declare them.</summary>
internal static class DestinationSchemas
{
    public const string Destination = "Destination", Input = "DestinationInput", Update = "DestinationUpdate", Header = "DestinationHeader";

    private static readonly string[] Classes = [.. Enum.GetValues<ErrorClass>().Select(error => error.Name())];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas, IReadOnlyList<DestinationKind> kinds)
    {
        foreach (var kind in kinds)
        {
            schemas[NameOf(kind, "Input")] = InputOf(kind);
            schemas[NameOf(kind, "")] = ShownOf(kind);
        }

        schemas[Input] = AnyOf("A destination to set up.", "Input", kinds);
        schemas[Destination] = AnyOf("A destination with its status, without any credential.", "", kinds);
        schemas[Update] = Schema.Object("Members to change: any of the provider's own and of those below.", [.. Common(), Force(), .. kinds.SelectMany(Own).DistinctBy(member => member.Name).Select(member => (member.Name, MemberSchema.Of(member)))]);
        schemas["DryRunInput"] = Schema.Open("Members of a destination.", [("days", Schema.Whole("How many days back.", 1, 90).WithDefault(7)), Tenant(), .. Common()]);
        schemas["TestInput"] = Schema.Open("Members of a destination.", [("id", Schema.Text("The destination that would change; left out for a new one.", "siem_01KKR84P00W47QFQEY0KMFC127")), Tenant(), .. Common()]);
        schemas["DryRun"] = Schema.Object(
            "What would have been streamed.",
            ("matched", Schema.Whole("Events that pass.", least: 0)), ("of", Schema.Whole("Events that were looked at.", least: 0)),
            ("samples", Schema.List("The newest that pass, as they would be sent; a profile that is no JSON gives strings.", new OpenApiSchema(), most: 5)),
            ("unknown_event_types", Schema.List("Named event types that did not occur.", Schema.Text("")))).Requires("matched", "of", "samples", "unknown_event_types");
        schemas[Header] = Schema.Object("A header to add or change.", [.. MemberSchema.HeaderMembers().Skip(1)]);
        schemas["Destinations"] = Schema.Object(
            "", ("destinations", Schema.List("", Schema.Ref(Destination))), ("next_page_token", Schema.Text("Always null: all are there.").OrNull())).Requires("destinations", "next_page_token");
        StreamRecordSchemas.AddTo(schemas, Classes);
        ReplaySchemas.AddTo(schemas);
    }

    private static OpenApiSchema AnyOf(string description, string suffix, IReadOnlyList<DestinationKind> kinds) => new()
    {
        Description = description,
        OneOf = [.. kinds.Select(kind => Schema.Ref(NameOf(kind, suffix)))],
        Discriminator = new OpenApiDiscriminator
        {
            PropertyName = "provider",
            Mapping = kinds.ToDictionary(kind => kind.Name, kind => new OpenApiSchemaReference(NameOf(kind, suffix))),
        },
    };

    private static OpenApiSchema InputOf(DestinationKind kind)
    {
        var scope = kind.IsForInstanceAdmins ? " Needs an instance key." : "";
        return Schema.Object($"A destination of provider `{kind.Name}`.{scope}", [Provider(kind), Tenant(), .. Common(), Force(), .. Own(kind).Select(member => (member.Name, MemberSchema.Of(member)))])
            .Requires(["provider", .. Own(kind).Where(member => member.IsRequired).Select(member => member.Name)]);
    }

    private static OpenApiSchema ShownOf(DestinationKind kind)
    {
        var own = Own(kind).Where(member => !member.IsCredential).Select(member => (member.Name, MemberSchema.Of(member))).ToList();
        if (own.All(member => member.Name != "endpoint")) own.Insert(0, ("endpoint", Schema.Text("This provider has none.").OrNull()));
        (string Name, IOpenApiSchema Schema)[] members = [("id", Schema.Text("", "siem_01KAJ3T6H7Q9")), Provider(kind), Tenant(), .. Common(), .. own, .. StateMembers()];
        var warning = Schema.Text("What to know about its settings; absent when there is nothing.");
        return Schema.Object($"A destination of provider `{kind.Name}`.", [.. members, ("warning", warning)]).Requires(members.Select(member => member.Name));
    }

    private static string NameOf(DestinationKind kind, string suffix) => $"{string.Concat(kind.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}Destination{suffix}";

    private static IEnumerable<SettingsSchema.Member> Own(DestinationKind kind) => kind.Schema.Members;

    private static (string, IOpenApiSchema) Provider(DestinationKind kind) => ("provider", Schema.OneOf("What sort of place it is. It never changes.", kind.Name));

    private static (string, IOpenApiSchema) Tenant() => ("tenant_id", Schema.Text("The only tenant whose events it gets; null for all, with an instance key. It never changes.").OrNull());

    private static (string, IOpenApiSchema) Force() => ("force", Schema.Flag("Save it although none of the last 7 days' events would be streamed. It is not kept."));

    private static IEnumerable<(string, IOpenApiSchema)> Common() =>
        new SettingsSchema(typeof(StreamSettings)).Members.Select(member => (member.Name, (IOpenApiSchema)MemberSchema.Of(member)));

    private static IEnumerable<(string, IOpenApiSchema)> StateMembers() =>
    [
        ("filtered", Schema.Flag("Whether `filter`, `event_types`, `except_event_types` or `only_tenants` keep events back.")),
        ("status", Schema.OneOf("How its stream is.", "active", "degraded", "failed", "disabled", "deleting")),
        ("status_since", Schema.Time("")),
        ("last_error", new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, Schema.Ref("DeliveryError")], Description = "What last went wrong; null when nothing did since the last change." }),
        ("cursor", Schema.Whole("Everything up to this sequence is confirmed, or kept back by the filter; -1 before the first.", least: -1)),
        ("lag", Schema.Object(
            "How far it is behind.",
            ("events", Schema.Whole("Sequences behind the cursor, also of events that the filter will keep back.", least: 0)),
            ("seconds", Schema.Whole("Age of the oldest of them.", least: 0)),
            ("oldest_pending_at", Schema.Time("").OrNull())).Requires("events", "seconds", "oldest_pending_at")),
        ("dead_letters", Schema.Whole("Events that it refuses.", least: 0)),
        ("gaps", Schema.Whole("Ranges that were on purpose not streamed.", least: 0)),
        ("totals", Schema.Object(
            "What was counted since it was created, replays included.",
            ("delivered", Schema.Whole("Events that it confirmed.", least: 0)),
            ("refused", Schema.Whole("Events that were set aside because it refuses them.", least: 0)),
            ("retries", Schema.Whole("Requests that failed and were sent again.", least: 0)),
            ("bytes", Schema.Whole("Of the requests that were sent.", least: 0))).Requires("delivered", "refused", "retries", "bytes")),
        ("credentials_set", Schema.List("Names of the credentials that are set. Their values are in no answer.", Schema.Text(""))),
        ("created_at", Schema.Time("")),
        ("updated_at", Schema.Time("")),
    ];
}
