using System.Text.Json;
using Sluice.Ledger;

namespace Sluice.Tests.Server.Endpoints;

public sealed class ExportTests
{
    [Fact]
    public async Task After_the_last_whole_line_an_export_goes_on()
    {
        await using var server = await QueryServer.StartAsync(700);

        var whole = await LinesAsync(server, "/export?filter=action%3D%22a.1%22");
        var rest = await LinesAsync(server, $"/export?filter=action%3D%22a.1%22&after={whole[99].GetProperty("sequence")}");

        Assert.Equal(Enumerable.Range(0, 700).Where(i => i % 3 == 1).Select(i => (long)i), whole.Select(line => line.GetProperty("sequence").GetInt64()));
        Assert.Equal(whole.Skip(100).Select(line => line.GetRawText()), rest.Select(line => line.GetRawText()));
        Assert.Empty(await LinesAsync(server, "/export?after=699"));
        Assert.Empty(await LinesAsync(server, "/export?after=9999"));
    }

    [Fact]
    public async Task Every_line_is_proved_against_the_checkpoint_at_the_end()
    {
        await using var server = await QueryServer.StartAsync(600);
        var root = server.Main.Tree().Root();

        var lines = await LinesAsync(server, "/export?proofs=true&after=9", "t1");

        Assert.Equal("test/main\n600\n", lines[^1].GetProperty("checkpoint").GetString());
        Assert.Equal(295, lines.Length - 1);
        foreach (var line in lines[..^1])
        {
            var proof = line.GetProperty("proof").EnumerateArray().Select(hash => Digest.From(hash.GetBytesFromBase64())).ToList();
            Assert.True(EventHash.TryParseText(line.GetProperty("integrity_hash").GetString()!, out var digest));
            Assert.True(Proofs.VerifyInclusion(line.GetProperty("sequence").GetInt64(), 600, MerkleHash.Leaf(digest), proof, root));
        }
    }

    [Fact]
    public async Task A_failure_never_looks_like_the_end()
    {
        await using var server = await QueryServer.StartAsync(2_000);
        using var response = await server.OpenAsync("/export");
        server.Main.Failure = new IOException("The disk is gone.");

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Retention_that_overtakes_an_export_breaks_it()
    {
        await using var server = await QueryServer.StartAsync(5_000);
        using var response = await server.OpenAsync("/export");
        server.Main.DropBefore(4_900);

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
        (await server.GetAsync("/export?after=100")).IsProblem(410, "gap");
    }

    [Theory]
    [InlineData("after=-1", "invalid_parameter")]
    [InlineData("after=1.5", "invalid_parameter")]
    [InlineData("proofs=yes", "invalid_parameter")]
    [InlineData("order=asc", "unknown_parameter")]
    [InlineData("filter=%29", "invalid_filter")]
    public async Task A_wrong_parameter_is_refused(string query, string code)
    {
        await using var server = await QueryServer.StartAsync(1);

        (await server.GetAsync($"/export?{query}")).IsProblem(400, code);
    }

    private static async Task<JsonElement[]> LinesAsync(QueryServer server, string path, string? tenant = null)
    {
        var answer = await server.GetAsync(path, tenant);
        Assert.Equal((200, "application/x-ndjson"), (answer.Status, answer.ContentType));
        Assert.True(answer.Text.Length == 0 || answer.Text.EndsWith('\n'));
        return answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
    }
}
