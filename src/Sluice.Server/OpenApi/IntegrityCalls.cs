using Microsoft.OpenApi;

namespace Sluice.Server.OpenApi;

/// <summary>Proving and checking the ledger. Each call is there twice: for the ledger, and under <c>/_sluice</c> for Sluice's own.</summary>
internal static class IntegrityCalls
{
    private const string Note = "sluice.local/5b1f6ab3c9e2d704\n7\nTL2ONYSUUEANTpxMCuf3HHmtRBD5rSxiRiL/X4YXMT0=\n\n— sluice.local/5b1f6ab3c9e2d704 5D5F…\n";

    public static IEnumerable<(string Route, CallDescription Call)> All()
    {
        foreach (var (route, call) in Both())
        {
            yield return ("GET " + route, call);
            yield return ("GET /_sluice" + route, call with { Id = call.Id + "OfSluice", Parameters = [.. call.Parameters.Where(parameter => parameter.Name != "tenant_id")] });
        }
    }

    public static void AddTo(IDictionary<string, IOpenApiSchema> schemas)
    {
        schemas["Proof"] = Schema.Object(
            "That an event is in the ledger which a signed checkpoint speaks of.",
            ("id", Schema.Text("")),
            ("sequence", Schema.Whole("", least: 0)),
            ("integrity_hash", Schema.Text("`sha256:` and 64 hex digits; the Merkle leaf is SHA-256 of a zero byte and these 32 bytes.")),
            ("tree_size", Schema.Whole("The checkpoint's size.", least: 1)),
            ("hashes", Schema.List("The path to the root, base64, the leaf's sibling first.", Schema.Text(""))),
            ("checkpoint", Schema.Text("A C2SP signed note.", Note))).Requires("id", "sequence", "integrity_hash", "tree_size", "hashes", "checkpoint");
        schemas["Log"] = Schema.Object(
            "What a verifier has to know of the log.",
            ("origin", Schema.Text("The name that it signs its checkpoints with.", "sluice.local/5b1f6ab3c9e2d704")),
            ("vkey", Schema.Text("Its public key, as C2SP signed notes spell it. Keep it: it never changes.", "sluice.example/tenant-a+e43e453f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")),
            ("size", Schema.Whole("Events in the ledger.", least: 0))).Requires("origin", "vkey", "size");
        schemas["Checkpoints"] = Schema.Object(
            "Signed checkpoints, the newest first.",
            ("checkpoints", Schema.List("", Schema.Object(
                "", ("size", Schema.Whole("", least: 0)), ("signed_at", Schema.Time("")), ("checkpoint", Schema.Text("A C2SP signed note.", Note))).Requires("size", "signed_at", "checkpoint"))),
            ("next_page_token", Schema.Text("Where the next page begins; null after the oldest.").OrNull())).Requires("checkpoints", "next_page_token");
        schemas["Consistency"] = Schema.Object(
            "That the log of size `from` is the beginning of the log of size `to` (RFC 6962 §2.1.2).",
            ("from", Schema.Whole("", least: 0)), ("to", Schema.Whole("", least: 0)), ("hashes", Schema.List("Base64.", Schema.Text("")))).Requires("from", "to", "hashes");
    }

    private static IEnumerable<(string Route, CallDescription Call)> Both() =>
    [
        ("/v1/audit/events/{id}/proof", new CallDescription("getProof", "Waits for a checkpoint that holds the event, at most 1 s.")
        {
            Parameters = [QueryCalls.Tenant()],
            Answer = CallDescription.Json("The proof.", Schema.Ref("Proof")),
            Refusals = [(403, "`forbidden`, `forbidden_tenant`"), (404, "`not_found`"), (409, "`ambiguous_id`"), (410, "`gone`: retention removed the event meanwhile"), (503, "`unavailable`: no checkpoint holds the event yet")],
        }),
        ("/checkpoint", new CallDescription("getCheckpoint", "Checkpoints follow commits within 1 s. See C2SP tlog-checkpoint and tlog-tiles.")
        {
            Answer = (200, CallDescription.Response("A signed note.", "text/plain; charset=utf-8", Schema.Text("", Note))),
            Refusals = [(503, "`unavailable`")],
        }),
        ("/tile/{address}", new CallDescription(
            "getTile", "C2SP tlog-tiles. `address` is the rest of the path, slashes included: `<L>/<N>` or `<L>/<N>.p/<W>` for hashes, `entries/<N>` or `entries/<N>.p/<W>` for entries, which are the events' 32-byte digests.")
        {
            Answer = (200, CallDescription.Response("At most 256 hashes, or 256 entries of two length bytes and 32 bytes each.", "application/octet-stream", new OpenApiSchema())),
            Refusals = [(404, "`not_found`: no such tile, not yet, or not any more: retention takes entries and tiles of level 0 with their events"), (503, "`unavailable`")],
        }),
        ("/v1/audit/log", new CallDescription("getLog", "") { Answer = CallDescription.Json("The log.", Schema.Ref("Log")) }),
        ("/v1/audit/checkpoints", new CallDescription("listCheckpoints", "")
        {
            Parameters =
            [
                CallDescription.Query("max_size", Schema.Whole("Only those of at most so many events.", 0)),
                CallDescription.Query("page_size", Schema.Whole("Checkpoints in a page.", 1, 1_000).WithDefault(100)),
                CallDescription.Query("page_token", Schema.Text("Of the page before.")),
            ],
            Answer = CallDescription.Json("A page.", Schema.Ref("Checkpoints")),
            Refusals = [(400, "`invalid_parameter`, `unknown_parameter`")],
        }),
        ("/v1/audit/consistency", new CallDescription("getConsistency", "")
        {
            Parameters =
            [
                new OpenApiParameter { Name = "from", In = ParameterLocation.Query, Required = true, Description = "The smaller size.", Schema = Schema.Whole("", least: 0) },
                new OpenApiParameter { Name = "to", In = ParameterLocation.Query, Required = true, Description = "The larger size, at most the log's.", Schema = Schema.Whole("", least: 0) },
            ],
            Answer = CallDescription.Json("The proof.", Schema.Ref("Consistency")),
            Refusals = [(400, "`missing_parameter`, `invalid_parameter`, `unknown_parameter`"), (410, "`gone`: retention removed hashes that the proof needs. `field` is the size at fault, `nearest_sizes` can be proven"), (503, "`unavailable`")],
        }),
    ];
}
