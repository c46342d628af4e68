using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>What the server itself finds of its ledgers.</summary>
internal static class SelfCheckCalls
{
    public static IEnumerable<(string Route, CallDescription Call)> All() =>
    [
        ("GET /v1/audit/log/self-check", new CallDescription(
            "getSelfCheck", "A self-check compares every event with its hash, the hashes with the tree, and the tree with every signed checkpoint, of the ledger and of Sluice's own. It speaks of the whole instance; what is wrong, and which node found it, is shown to those who operate it.")
        {
            Answer = CallDescription.Json("The last check, and the one that runs.", Schema.Ref("SelfChecks")),
            Refusals = [(503, "`unavailable`")],
        }),
        ("POST /v1/audit/log/self-check", new CallDescription("startSelfCheck", "One node at a time makes a check; one that runs already will do. GET says how far it is.")
        {
            Answer = CallDescription.Json("It runs.", Schema.Ref("SelfChecks"), 202),
            Refusals = [(503, "`unavailable`"), (507, "`disk_full`")],
        }),
    ];

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["SelfChecks"] = Schema.Object(
            "",
            ("last", Last().OrNull()),
            ("running", Running().OrNull()),
            ("unfinished", Schema.Text("Why the last attempt came to no end; it is made again by itself. Null when it did.").OrNull()),
            ("next_at", Schema.Time("When the next one is due; null when none is (setting `Integrity:SelfCheckInterval`).").OrNull())).Requires("last", "running", "unfinished", "next_at");
        schemas["SelfCheckedLedger"] = Schema.Object(
            "What a self-check found in a ledger.",
            ("ledger", Schema.OneOf("", "main", "_sluice")),
            ("passed", Schema.Flag("It is what was signed.")),
            ("first_sequence", Schema.Whole("The first event that is kept, and was compared.", least: 0)),
            ("size", Schema.Whole("Events that are right, from the beginning on.", least: 0)),
            ("signed_size", Schema.Whole("The size of the newest checkpoint that holds; 0 for none.", least: 0)),
            ("checkpoints", Schema.Whole("How many hold.", least: 0)),
            ("fault", Fault().OrNull())).Requires("ledger", "passed", "first_sequence", "size", "signed_size", "checkpoints", "fault");
    }

    private static OpenApiSchema Last() => Schema.Object(
        "The last check that came to an end; null before the first.",
        ("started_at", Schema.Time("")),
        ("ended_at", Schema.Time("")),
        ("passed", Schema.Flag("All ledgers are what was signed.")),
        ("node", Schema.Text("The node that made it.", "audit-1").OrNull()),
        ("ledgers", Schema.List("", Schema.Ref("SelfCheckedLedger")))).Requires("started_at", "ended_at", "passed", "node", "ledgers");

    private static OpenApiSchema Running() => Schema.Object(
        "The check that runs now; null when none does.",
        ("started_at", Schema.Time("")),
        ("node", Schema.Text("The node that makes it.", "audit-1").OrNull()),
        ("events", Schema.Whole("Events of all ledgers that were compared.", least: 0)),
        ("expected", Schema.Whole("How many there are, about; 0 until that is known.", least: 0))).Requires("started_at", "node", "events", "expected");

    private static OpenApiSchema Fault() => Schema.Object(
        "What is wrong; null when nothing is, and for those who do not operate the instance.",
        ("first_sequence", Schema.Whole("The wrong event, or the first that it may be; null when it is no event.", least: 0).OrNull()),
        ("last_sequence", Schema.Whole("The last event that it may be.", least: 0).OrNull()),
        ("problem", Schema.Text("A sentence."))).Requires("first_sequence", "last_sequence", "problem");
}
