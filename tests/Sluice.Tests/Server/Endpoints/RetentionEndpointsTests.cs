using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Checkpoints;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;
using Sluice.Tests.Fakes;
using Sluice.Tests.Storage;
using Sluice.Verification;

namespace Sluice.Tests.Server.Endpoints;

[Collection(FilledLedgerTests.Name)]
public sealed class RetentionEndpointsTests(FilledLedger filled)
{
    private const string Path = "/v1/audit/retention";
    private const long First = 2 * SegmentFile.Capacity, Size = First + 1_000;

    [Fact]
    public async Task The_setting_is_kept_and_null_keeps_for_ever()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Equal("""{"days":null,"first_sequence":0,"oldest_persisted_at":null}""", (await server.CallAsync("GET", Path)).Text);
        await server.CallAsync("POST", "/v1/audit/events", body: Some.Event);
        var stored = (await server.CallAsync("GET", "/v1/audit/events")).Json.GetProperty("events")[0].GetProperty("persisted_at").GetString();
        Assert.Equal($$"""{"days":36500,"first_sequence":0,"oldest_persisted_at":"{{stored}}"}""", (await server.CallAsync("PUT", Path, body: """{"days":36500}""")).Text);
        Assert.Equal("36500", (await server.CallAsync("GET", Path))["days"]);
        Assert.Equal("null", (await server.CallAsync("PUT", Path, body: """{"days":null}"""))["days"]);
        Assert.Equal("null", (await server.CallAsync("GET", Path))["days"]);
    }

    [Theory]
    [InlineData("{}", "missing_field", "days")]
    [InlineData("""{"days":0}""", "invalid_value", "days")]
    [InlineData("""{"days":-1}""", "invalid_value", "days")]
    [InlineData("""{"days":36501}""", "invalid_value", "days")]
    [InlineData("""{"days":1.5}""", "invalid_value", "days")]
    [InlineData("""{"days":1e30}""", "invalid_value", "days")]
    [InlineData("""{"days":"30"}""", "invalid_type", "days")]
    [InlineData("""{"days":[30]}""", "invalid_type", "days")]
    [InlineData("""{"days":30,"tenant_id":"acme"}""", "unknown_field", "tenant_id")]
    [InlineData("""{"days":30,"days":31}""", "duplicate_member", "days")]
    [InlineData("""{"days":30,"\ud800":1}""", "invalid_string", null)]
    [InlineData("[30]", "invalid_type", null)]
    [InlineData("{", "invalid_json", null)]
    [InlineData("", "invalid_json", null)]
    public async Task What_is_no_setting_is_refused(string body, string code, string? field)
    {
        await using var server = await RunningServer.StartAsync();

        (await server.CallAsync("PUT", Path, body: body)).IsProblem(400, code, field);
        Assert.Equal("null", (await server.CallAsync("GET", Path))["days"]);
    }

    [Fact]
    public async Task It_is_for_admins_of_the_instance()
    {
        await using var server = await RunningServer.StartAsync();

        foreach (var key in new[] { server.Key(Role.Reader), server.Key(Role.Writer), server.Key(Role.Admin, "acme") })
        {
            (await server.CallAsync("GET", Path, key)).IsProblem(403, "forbidden");
            (await server.CallAsync("PUT", Path, key, """{"days":1}""")).IsProblem(403, "forbidden");
        }

        (await server.CallAsync("PUT", Path, null, """{"days":1}""")).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task What_was_removed_is_said_and_what_remains_still_proves()
    {
        using var folder = new TemporaryFolder();
        filled.CopyTo(System.IO.Path.Combine(folder.Path, "ledger", "main"));
        await using (var server = await RunningServer.StartAsync(new() { ["Sluice:Data"] = folder.Path }))
        {
            var signed = await SignAsync(server, 1_000);
            var up = (await server.CallAsync("GET", "/v1/audit/events?order=asc&page_size=10"))["next_page_token"]!;
            var down = (await server.CallAsync("GET", "/v1/audit/events?order=desc&page_size=10&filter=sequence+LT+500"))["next_page_token"]!;

            server.Time.Advance(TimeSpan.FromDays(2));
            Assert.Equal("1", (await server.CallAsync("PUT", Path, body: """{"days":1}"""))["days"]);
            var ledger = server.Services.GetRequiredService<LedgerDirectory>().Main;
            await Eventually.TrueAsync(() => ledger.First == First && !File.Exists(SegmentFile.PathOf(System.IO.Path.Combine(folder.Path, "ledger", "main"), 1)));

            var now = await server.CallAsync("GET", Path);
            Assert.Equal((First.ToString(CultureInfo.InvariantCulture), "2026-03-15T12:16:00.000000000Z"), (now["first_sequence"], now["oldest_persisted_at"]));
            await AssertPlacesAreGapsAsync(server, up, down);
            await AssertReadsAsync(server);
            await AssertTilesAsync(server);
            await AssertConsistencyAsync(server, signed);
            await AssertProofAsync(server);
        }

        await AssertVerifiesAsync(folder.Path);
    }

    private static async Task AssertPlacesAreGapsAsync(RunningServer server, string up, string down)
    {
        var gap = await server.CallAsync("GET", $"/v1/audit/events?page_token={Uri.EscapeDataString(up)}");
        gap.IsProblem(410, "gap");
        Assert.Equal((10, First - 1), (gap.Json.GetProperty("first").GetInt64(), gap.Json.GetProperty("last").GetInt64()));
        var resumed = await server.CallAsync("GET", $"/v1/audit/events?page_size=1&page_token={Uri.EscapeDataString(gap["resume_page_token"]!)}");
        Assert.Equal(First, resumed.Json.GetProperty("events")[0].GetProperty("sequence").GetInt64());

        (await server.CallAsync("GET", $"/v1/audit/events?page_token={Uri.EscapeDataString(down)}")).IsProblem(410, "gap");
        (await server.CallAsync("GET", "/v1/audit/export?after=5")).IsProblem(410, "gap");
        (await server.CallAsync("GET", "/v1/audit/events/live", headers: ("Last-Event-ID", up))).IsProblem(410, "gap");
    }

    private static async Task AssertReadsAsync(RunningServer server)
    {
        Assert.Equal("1000", (await server.CallAsync("GET", "/v1/audit/stats"))["total"]);
        Assert.Equal(1_001, (await server.CallAsync("GET", "/v1/audit/export?proofs=true")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(1_000, (await server.CallAsync("GET", $"/v1/audit/export?after={First - 1}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (await server.CallAsync("GET", "/v1/audit/events/id00000007")).IsProblem(404, "not_found");
        var found = await server.CallAsync("GET", "/v1/audit/events?page_size=10000&filter=actor.id+EQ+%22usr_7%22");
        Assert.Equal((10, "false"), (found.Json.GetProperty("events").GetArrayLength(), found["has_more"]));
    }

    private static async Task AssertTilesAsync(RunningServer server)
    {
        foreach (var gone in new[] { "/tile/0/000", "/tile/entries/000", "/tile/0/003.p/232" })
        {
            var answer = await server.CallAsync("GET", gone, key: null);
            answer.IsProblem(404, "not_found");
            Assert.Contains("retention", answer["detail"], StringComparison.Ordinal);
        }

        foreach (var kept in new[] { "/tile/1/000", "/tile/2/000.p/32", "/tile/0/x008/192", "/tile/entries/x008/192" })
            Assert.Equal(200, (await server.CallAsync("GET", kept, key: null)).Status);
    }

    private static async Task AssertConsistencyAsync(RunningServer server, Digest signed)
    {
        var ledger = server.Services.GetRequiredService<LedgerDirectory>().Main;
        var answer = await server.CallAsync("GET", $"/v1/audit/consistency?from=1000&to={Size}");
        Assert.True(Proofs.VerifyConsistency(1_000, Size, [.. answer.Json.GetProperty("hashes").EnumerateArray().Select(Hash)], signed, ledger.Tree().Root()));
        Assert.Equal(200, (await server.CallAsync("GET", $"/v1/audit/consistency?from=5120&to={Size}")).Status);

        var lost = await server.CallAsync("GET", $"/v1/audit/consistency?from=5000&to={Size}");
        lost.IsProblem(410, "gone", "from");
        Assert.Equal("[4864,5120]", lost.Json.GetProperty("nearest_sizes").GetRawText());
        (await server.CallAsync("GET", "/v1/audit/consistency?from=1000&to=5000")).IsProblem(410, "gone", "to");
    }

    private static async Task AssertProofAsync(RunningServer server)
    {
        var answer = await server.CallAsync("GET", $"/v1/audit/events/id{First + 77:D8}/proof");
        Assert.True(EventHash.TryParseText(answer["integrity_hash"]!, out var digest));
        var (sequence, size) = (answer.Json.GetProperty("sequence").GetInt64(), answer.Json.GetProperty("tree_size").GetInt64());
        var checkpoint = Checkpoint.Open(answer["checkpoint"]!, server.Services.GetRequiredService<LedgerIdentities>().Main.Key, out _)!;
        Assert.Equal((First + 77, Size), (sequence, size));
        Assert.True(Proofs.VerifyInclusion(sequence, size, MerkleHash.Leaf(digest), [.. answer.Json.GetProperty("hashes").EnumerateArray().Select(Hash)], checkpoint.Root));
    }

    /// <summary>A folder with dropped segments is clean; one where something of theirs was changed, or that lost more, is not.</summary>
    private static async Task AssertVerifiesAsync(string folder)
    {
        var main = (await DataFolderVerifier.VerifyAsync(folder, null, default)).Ledgers[0];
        Assert.Equal((1_000, First, 2, null), (main.Events, main.First, main.Checkpoints, main.Fault));
        var path = DroppedArchive.PathOf(System.IO.Path.Combine(folder, "ledger", "main"));
        var record = await File.ReadAllBytesAsync(path);
        foreach (var (change, fault) in new[]
        {
            ("UPDATE nodes SET hash=zeroblob(32) WHERE level=1 AND number=5000", "level 2"),
            ("UPDATE nodes SET hash=zeroblob(32) WHERE level=2 AND number=7", "level 2, number 7"),
            ("DELETE FROM nodes WHERE level=1 AND number=5000", "events 1280000 to 1280255 is missing"),
            ("DELETE FROM leaves", "checkpoint of 1000 events are missing"),
            ("UPDATE leaves SET hashes=zeroblob(8192)", "checkpoint of 1000 events are not those of their tile"),
            ("UPDATE segments SET state=(SELECT state FROM segments WHERE number=0)", "contradicts itself"),
            ("UPDATE segments SET last=last+256", "contradicts itself"),
            ("DROP TABLE nodes", "no such table"),
            ("DELETE FROM segments WHERE number=1", "segment-000001.db is missing"),
            ("DELETE FROM segments", "segment-000000.db is missing"),
        })
        {
            using (var database = Database.Open(path)) database.Execute(change);
            Assert.Contains(fault, (await DataFolderVerifier.VerifyAsync(folder, null, default)).Ledgers[0].Fault?.Problem);
            foreach (var file in new[] { path + "-wal", path + "-shm" }) File.Delete(file);
            await File.WriteAllBytesAsync(path, record);
        }

        File.Delete(path);
        Assert.Contains("segment-000000.db is missing", (await DataFolderVerifier.VerifyAsync(folder, null, default)).Ledgers[0].Fault?.Problem);
    }

    /// <summary>A checkpoint as the server would have signed it when the ledger had this size.</summary>
    private static async Task<Digest> SignAsync(RunningServer server, long size)
    {
        var (ledger, identity) = (server.Services.GetRequiredService<LedgerDirectory>().Main, server.Services.GetRequiredService<LedgerIdentities>().Main);
        var root = await TreeRoot.OfAsync(ledger, size, default);
        await server.Services.GetRequiredService<CheckpointStore>().AddAsync("main", new SignedCheckpoint(size, new Checkpoint(identity.Origin, size, root).Sign(identity)), 0);
        return root;
    }

    private static Digest Hash(JsonElement base64) => Digest.From(base64.GetBytesFromBase64());
}
