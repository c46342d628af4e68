using System.Text.Json;
using Sluice.Ledger;
using Sluice.Tenants;

namespace Sluice.Tests.Server.Endpoints;

public sealed class ProofTests
{
    [Fact]
    public async Task A_proof_leads_from_the_event_to_the_signed_checkpoint()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, 300);

        var proof = await server.CallAsync("GET", "/v1/audit/events/e207/proof");

        Assert.True(proof.Status == 200, proof.Text);
        Assert.Equal(["id", "sequence", "integrity_hash", "tree_size", "hashes", "checkpoint"], proof.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("e207", "207", "300"), (proof["id"], proof["sequence"], proof["tree_size"]));
        var log = await server.CallAsync("GET", "/v1/audit/log", key: null);
        Assert.True(VerifierKey.TryParse(log["vkey"]!, out var key));
        var checkpoint = Checkpoint.Open(proof["checkpoint"]!, key, out var problem);
        Assert.True(checkpoint is not null, problem);
        Assert.True(Holds(proof, checkpoint));
        Assert.False(Holds(proof, checkpoint with { Root = MerkleHash.EmptyRoot }));
    }

    [Fact]
    public async Task Checkpoints_of_long_ago_are_asked_for_by_their_size()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await server.CallAsync("POST", "/v1/audit/events", body: $$$"""{"id":"{{{id}}}","action":"x.y","outcome":"success","actor":{"type":"user","id":"u"}}""");
            await server.CallAsync("GET", $"/v1/audit/events/{id}/proof");
        }

        var (all, upToTwo) = (await SizesAsync(""), await SizesAsync("?max_size=2"));

        Assert.Equal(3, all[0]);
        Assert.Equal(all.Where(size => size <= 2), upToTwo);
        Assert.Equal([0], await SizesAsync("?max_size=0"));
        Assert.Equal([1], await SizesAsync("?max_size=5&page_token=2&page_size=1"));
        (await server.CallAsync("GET", "/v1/audit/checkpoints?max_size=-1")).IsProblem(400, "invalid_parameter");

        async Task<List<long>> SizesAsync(string query) =>
            [.. (await server.CallAsync("GET", "/v1/audit/checkpoints" + query)).Json.GetProperty("checkpoints").EnumerateArray().Select(one => one.GetProperty("size").GetInt64())];
    }

    [Fact]
    public async Task The_hash_that_is_proved_is_that_of_the_event()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, 3);

        var stored = await server.CallAsync("GET", "/v1/audit/events/e1");

        Assert.Equal(stored["integrity_hash"], (await server.CallAsync("GET", "/v1/audit/events/e1/proof"))["integrity_hash"]);
    }

    [Fact]
    public async Task A_proof_is_behind_the_tenants_wall()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, 4);
        var (own, other, writer) = (server.Key(Role.Reader, "t1"), server.Key(Role.Reader, "t2"), server.Key(Role.Writer, "t1"));

        Assert.Equal(200, (await server.CallAsync("GET", "/v1/audit/events/e1/proof", own)).Status);
        (await server.CallAsync("GET", "/v1/audit/events/e1/proof", other)).IsProblem(404, "not_found");
        (await server.CallAsync("GET", "/v1/audit/events/e1/proof?tenant_id=t1", other)).IsProblem(403, "forbidden_tenant");
        (await server.CallAsync("GET", "/_sluice/v1/audit/events/e1/proof", own)).IsProblem(403, "forbidden_tenant");
        (await server.CallAsync("GET", "/v1/audit/events/e1/proof", writer)).IsProblem(403, "forbidden");
        (await server.CallAsync("GET", "/v1/audit/events/e1/proof", key: null)).IsProblem(401, "unauthorized");
    }

    [Fact]
    public async Task An_id_of_two_tenants_needs_to_be_told_which()
    {
        await using var server = await QueryServer.StartAsync();
        server.Add("same", "t1");
        server.Add("same", "t2");

        (await server.GetAsync("/events/same/proof")).IsProblem(409, "ambiguous_id", "tenant_id");
        Assert.Equal("1", (await server.GetAsync("/events/same/proof?tenant_id=t2"))["sequence"]);
        (await server.GetAsync("/events/same/proof?tenant=t2")).IsProblem(400, "unknown_parameter", "tenant");
    }

    [Fact]
    public async Task Without_a_checkpoint_it_waits_a_second_and_says_to_ask_again()
    {
        await using var server = await QueryServer.StartAsync(1);
        server.Signs = false;

        var asked = server.GetAsync("/events/e0/proof");
        await server.Time.SomebodyWaitsAsync(TimeSpan.FromSeconds(1));
        server.Time.Advance(TimeSpan.FromSeconds(1));
        var answer = await asked;

        answer.IsProblem(503, "unavailable");
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    private static bool Holds(Answer proof, Checkpoint checkpoint)
    {
        Assert.True(EventHash.TryParseText(proof["integrity_hash"]!, out var digest));
        var hashes = proof.Json.GetProperty("hashes").EnumerateArray().Select(Parse).ToList();
        return Proofs.VerifyInclusion(long.Parse(proof["sequence"]!), checkpoint.Size, MerkleHash.Leaf(digest), hashes, checkpoint.Root);
    }

    private static Digest Parse(JsonElement hash) => Digest.TryParseBase64(hash.GetString()!, out var digest) ? digest : throw new FormatException(hash.GetRawText());

    private static async Task SendAsync(RunningServer server, int count)
    {
        var events = Enumerable.Range(0, count).Select(i => new { id = $"e{i}", tenant_id = $"t{i % 2}", action = "a.b", outcome = "success", actor = new { type = "user", id = "u" } });
        var answer = await server.CallAsync("POST", "/v1/audit/events", body: events);
        Assert.True(answer.Status == 200, answer.Text);
    }
}
