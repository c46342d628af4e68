using Microsoft.OpenApi;
using Sluice.Retention;

namespace Sluice.Server.OpenApi;

/// <summary>For how long events are kept.</summary>
internal static class RetentionCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/audit/retention", new CallDescription("getRetention", "") { Answer = CallDescription.Json("The setting, and what is kept.", Schema.Ref("Retention")), Refusals = [(503, "`unavailable`")] }),
        ("PUT /v1/audit/retention", new CallDescription(
            "setRetention",
            "Events go in whole segments of 1,048,576 when all of a segment are older, within the hour after that; newer segments stay whole. What remains still proves. It holds for every tenant and for Sluice's own ledger, and cannot be taken back for what is gone.")
        {
            Body = CallDescription.JsonBody("The setting.", Schema.Object("", ("days", Days())).Requires("days")),
            Answer = CallDescription.Json("The setting as it is now. What is due goes after the answer.", Schema.Ref("Retention")),
            Refusals =
            [
                (400, "`missing_field`, `unknown_field`, `duplicate_member`, `invalid_type`, `invalid_value`, `invalid_string`, `invalid_json`"),
                (413, "`request_too_large`"), (503, "`unavailable`"), (507, "`disk_full`"),
            ],
        }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas) => schemas["Retention"] = Schema.Object(
        "For how long events are kept.",
        ("days", Days()),
        ("first_sequence", Schema.Whole("The first sequence that is kept.", least: 0)),
        ("oldest_persisted_at", Schema.Time("When that event was persisted; null while there is none.").OrNull())).Requires("days", "first_sequence", "oldest_persisted_at");

    private static OpenApiSchema Days() => Schema.Whole("Events are kept at least so many days; null keeps them for ever, which is the default.", 1, RetentionSetting.MostDays).OrNull();
}
