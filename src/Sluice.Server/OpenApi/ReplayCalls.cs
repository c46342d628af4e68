using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>What sends again.</summary>
internal static class ReplayCalls
{
    private const string InputCodes = "`missing_field`, `unknown_field`, `invalid_type`, `invalid_value`, `invalid_filter` (with `column` and `expected`), `invalid_json`";
    private const string ParallelCodes = "`too_many_replays` (four run), `already_running`, `deleting`";
    private const string NotAvailable = "`unavailable`: the store cannot be reached";

    public static IEnumerable<(string Route, CallDescription Call)> All()
    {
        const string one = "/v1/audit/siem/{id}", replays = one + "/replays";
        yield return ("POST " + replays, new CallDescription(
            "startReplay",
            "Beside the live stream, over a connection of its own. It never changes the destination's status or cursor, runs whatever that status is, retries like a stream, and goes on after restarts, on any node. What the destination's own filter keeps back is not sent.")
        {
            Body = CallDescription.JsonBody("What to send.", Schema.Ref("ReplayInput")),
            Answer = Started,
            Refusals = [(400, InputCodes), (404, "`not_found`"), (409, ParallelCodes + ", `removed` (retention removed all of the range)"), (410, DestinationCalls.Gone), (413, "`request_too_large`"), (503, NotAvailable)],
        });
        yield return ("GET " + replays, new CallDescription("listReplays", "Those that run, and the last 100 that have ended.") { Answer = CallDescription.Json("The replays, the newest first.", Schema.Ref("Replays")), Refusals = NotThere });
        yield return ("GET " + replays + "/{replay}", new CallDescription("getReplay", "") { Answer = CallDescription.Json("The replay.", Schema.Ref("Replay")), Refusals = NotThere });
        yield return ("DELETE " + replays + "/{replay}", new CallDescription("stopReplay", "Nothing more is sent after the answer; where another node runs it, after a second. One that has ended stays as it is.")
        {
            Answer = CallDescription.Json("The replay as it is now.", Schema.Ref("Replay")),
            Refusals = [.. NotThere, (503, NotAvailable)],
        });
        yield return ("POST " + one + "/gaps/{gap}/refill", new CallDescription("refillGap", "A replay of the gap's range. `refilled_at` is set when it has completed; what retention removed meanwhile is a gap `retention` of its own.")
        {
            Answer = Started,
            Refusals = [(400, "`unknown_field`, `invalid_type`, `invalid_json`"), (404, "`not_found`"), (409, ParallelCodes + ", `gap_open`, `already_refilled`, `removed`"), (410, DestinationCalls.Gone), (503, NotAvailable)],
        });
        yield return ("GET " + one + "/dead-letters/{sequence}", new CallDescription("getDeadLetter", "")
        {
            Answer = CallDescription.Json("The dead letter with its event.", Schema.Ref("DeadLetterWithEvent")),
            Refusals = NotThere,
        });
        yield return ("POST " + one + "/dead-letters/replay", new CallDescription("replayDeadLetters", "A replay of these events. Those that are taken leave the list; those that are refused again stay, with the new reason and more `attempts`.")
        {
            Body = CallDescription.JsonBody("Nothing at all, or `{}`, means all.", Schema.Ref("DeadLetterReplay"), required: false),
            Answer = Started,
            Refusals = [(400, InputCodes), (404, "`not_found`"), (409, ParallelCodes), (410, DestinationCalls.Gone), (413, "`request_too_large`"), (503, NotAvailable)],
        });
    }

    private static (int, OpenApiResponse) Started => CallDescription.Json("It is stored, and begins at once.", Schema.Ref("Replay"), 202);

    private static IReadOnlyList<(int Status, string Codes)> NotThere => [(404, "`not_found`"), (410, DestinationCalls.Gone)];
}
