using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Destinations and their streams.</summary>
internal static class DestinationCalls
{
    internal const string InputCodes = "`missing_field`, `unknown_field`, `invalid_type`, `invalid_value`, `invalid_filter` (with `column` and `expected`), `invalid_changefeed` (with `line`, `column` and `expected`), `changefeeds_off`, `matches_nothing` (no event of the last 7 days would be streamed: give `force`), `invalid_json`";
    internal const string Gone = "`gone`: it was deleted; `unsent` has `first`, `last` and `count` of what it did not get";

    private const string NameTaken = "`name_taken`: another destination of provider `http` of the tenant, or of the instance, has this name";
    private const string Elsewhere = "`unavailable`: the node that runs the stream did not give it back in time, or the store cannot be reached";

    public static IEnumerable<(string Route, CallDescription Call)> All()
    {
        const string all = "/v1/audit/siem", one = all + "/{id}";
        yield return ("POST " + all, new CallDescription("createDestination", "Nothing is connected or resolved yet: see `test`. With an instance key and no `tenant_id` it gets the events of all tenants.")
        {
            Body = CallDescription.JsonBody("The destination. Which members there are depends on `provider`.", Schema.Ref(DestinationSchemas.Input)),
            Answer = CallDescription.Json("It is set up, and its stream runs if it is enabled.", Schema.Ref(DestinationSchemas.Destination), 201),
            Refusals = [(400, InputCodes), (403, "`forbidden` (the provider needs an instance key, too), `forbidden_tenant`"), (409, NameTaken), (413, "`request_too_large`"), (503, Elsewhere)],
        });
        yield return ("GET " + all, new CallDescription("listDestinations", "") { Answer = CallDescription.Json("The destinations.", Schema.Ref("Destinations")) });
        yield return ("POST " + all + "/dry-run", new CallDescription("dryRunDestination", "Nothing is stored or sent. At most the newest million events are looked at.")
        {
            Body = CallDescription.JsonBody("Members of a destination, as many as you like, and `days`: how far back, 1 to 90, 7 when left out.", Schema.Ref("DryRunInput")),
            Answer = CallDescription.Json("What would have been streamed.", Schema.Ref("DryRun")),
            Refusals = [(400, InputCodes), (403, "`forbidden_tenant`"), (413, "`request_too_large`")],
        });
        yield return ("POST " + all + "/test", new CallDescription("testDefinition", "What would create a destination; or `id` of one, and the members that would change: those left out, secrets too, are as they are. One event that is marked as a test is sent; nothing is stored.")
        {
            Body = CallDescription.JsonBody("What is to be tested.", Schema.Ref("TestInput")),
            Answer = CallDescription.Json("What came of it; `ok` says whether it arrived.", Schema.Ref("TestResult")),
            Refusals = [(400, InputCodes), (403, "`forbidden` (the provider needs an instance key, too), `forbidden_tenant`, `forbidden_entitlement`"), (404, "`not_found`: there is no destination `id`"), (410, Gone), (413, "`request_too_large`")],
        });
        yield return ("GET " + one, new CallDescription("getDestination", "") { Answer = CallDescription.Json("The destination.", Schema.Ref(DestinationSchemas.Destination)), Refusals = [(404, "`not_found`"), (410, Gone)] });
        yield return ("PUT " + one, new CallDescription("updateDestination", "Members left out stay; null clears. An answer can be edited and sent back: what only Sluice sets is ignored. An update is tried at once, and a failed destination goes on.")
        {
            Body = CallDescription.JsonBody("The members to change.", Schema.Ref(DestinationSchemas.Update)),
            Answer = CallDescription.Json("The destination as it is now.", Schema.Ref(DestinationSchemas.Destination)),
            Refusals = [(400, InputCodes), (403, "`forbidden`"), (404, "`not_found`"), (409, $"`deleting`; {NameTaken}"), (410, Gone), (413, "`request_too_large`"), (503, Elsewhere)],
        });
        yield return ("DELETE " + one, new CallDescription("deleteDestination", "What was accepted before the call is flushed, for at most 30 s, over a restart too; a failed or disabled one goes at once. Then it answers 410 for 30 days, then 404.")
        {
            Answer = CallDescription.Json("It is being deleted.", Schema.Ref(DestinationSchemas.Destination), 202),
            Refusals = [(404, "`not_found`"), (410, Gone), (503, Elsewhere)],
        });
        yield return ("PUT " + one + "/headers/{name}", new CallDescription("setDestinationHeader", "The other headers stay as they are at that moment: callers who add headers at once lose none of each other's. Members left out stay.")
        {
            Body = CallDescription.JsonBody("The header.", Schema.Ref(DestinationSchemas.Header)),
            Answer = CallDescription.Json("The destination as it is now.", Schema.Ref(DestinationSchemas.Destination)),
            Refusals = [(400, InputCodes), (403, "`forbidden`"), (404, "`not_found`"), (409, "`deleting`"), (410, Gone), (413, "`request_too_large`"), (503, Elsewhere)],
        });
        yield return ("DELETE " + one + "/headers/{name}", new CallDescription("removeDestinationHeader", "")
        {
            Answer = CallDescription.Json("The destination as it is now.", Schema.Ref(DestinationSchemas.Destination)),
            Refusals = [(400, "`unknown_field`: the provider has no headers"), (403, "`forbidden`"), (404, "`not_found`, also of the header"), (409, "`deleting`"), (410, Gone), (503, Elsewhere)],
        });
        yield return ("POST " + one + "/test", new CallDescription("testDestination", "Sends one event that is marked as a test on the path that delivery uses. The event is in no ledger.")
        {
            Answer = CallDescription.Json("What came of it; `ok` says whether it arrived.", Schema.Ref("TestResult")),
            Refusals = [(404, "`not_found`"), (410, Gone)],
        });
        yield return ("POST " + one + "/resume", new CallDescription("resumeDestination", "Only a failed destination can be resumed.")
        {
            Body = CallDescription.JsonBody("Nothing at all means `now`.", Schema.Ref("Resume"), required: false),
            Answer = CallDescription.Json("The destination as it is now.", Schema.Ref(DestinationSchemas.Destination)),
            Refusals = [(400, InputCodes), (404, "`not_found`"), (409, "`not_failed`, `deleting`"), (410, Gone), (503, Elsewhere)],
        });
        yield return ("GET " + one + "/lag", new CallDescription("listLag", "A sample of each minute in which events waited; of others every ten minutes at least, while a server ran.")
        {
            Answer = CallDescription.Json("The samples of the last day, the oldest first.", Schema.Ref("LagSamples")),
            Refusals = [(404, "`not_found`"), (410, Gone)],
        });
        yield return ("GET " + one + "/attempts", new CallDescription("listAttempts", "The last 100 of the stream, or of one replay, the newest first.")
        {
            Parameters =
            [
                CallDescription.Query("page_size", Schema.Whole("Attempts in a page.", 1, 1_000).WithDefault(100)),
                CallDescription.Query("page_token", Schema.Text("Of the page before.")),
                CallDescription.Query("replay_id", Schema.Text("Those of this replay instead of the stream's.")),
            ],
            Answer = CallDescription.Json("The attempts.", Schema.Ref("Attempts")),
            Refusals = [(400, "`invalid_parameter`, `unknown_parameter`, `invalid_page_token`"), (404, "`not_found`"), (410, Gone)],
        });
        yield return ("GET " + one + "/dead-letters", new CallDescription("listDeadLetters", "By sequence, the lowest first.")
        {
            Parameters =
            [
                CallDescription.Query("page_size", Schema.Whole("Dead letters in a page.", 1, 1_000).WithDefault(100)),
                CallDescription.Query("page_token", Schema.Text("Of the page before.")),
                CallDescription.Query("replay_id", Schema.Text("Only those that this replay set aside.")),
            ],
            Answer = CallDescription.Json("A page.", Schema.Ref("DeadLetters")),
            Refusals = [(400, "`invalid_parameter`, `unknown_parameter`, `invalid_page_token`"), (404, "`not_found`"), (410, Gone)],
        });
        yield return ("DELETE " + one + "/dead-letters/{sequence}", new CallDescription("forgetDeadLetter", "The event itself stays in the ledger.")
        {
            Answer = (204, new OpenApiResponse { Description = "It is forgotten." }),
            Refusals = [(404, "`not_found`"), (410, Gone)],
        });
        yield return ("GET " + one + "/gaps", new CallDescription("listGaps", "") { Answer = CallDescription.Json("The gaps, the oldest first.", Schema.Ref("Gaps")), Refusals = [(404, "`not_found`"), (410, Gone)] });
    }
}
