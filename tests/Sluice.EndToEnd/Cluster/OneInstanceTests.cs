using Sluice.EndToEnd.Running;
using Sluice.Testing;

namespace Sluice.EndToEnd.Cluster;

/// <summary>To a client, all nodes are one Sluice.</summary>
public sealed class OneInstanceTests : IAsyncLifetime
{
    private SluiceCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await SluiceCluster.StartAsync(await SharedPostgres.NewDatabaseAsync(), 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task What_one_node_acknowledged_the_other_shows_at_once_with_its_proof()
    {
        for (var i = 0; i < 50; i++)
        {
            var (writer, reader) = (_cluster[i % 2].Client, _cluster[(i + 1) % 2].Client);
            var sequence = (long)(await writer.PostEventAsync(Event($"e{i}"))).Expect(200).Json["first_sequence"]!;
            var found = (await reader.GetAsync($"/v1/audit/events/e{i}")).Expect(200).Json;
            Assert.Equal(sequence, (long)found["sequence"]!);
            var newest = (await reader.GetAsync("/v1/audit/events?page_size=1")).Expect(200).Json["events"]![0]!;
            Assert.Equal($"e{i}", (string)newest["id"]!);
        }

        var proof = (await _cluster[0].Client.GetAsync("/v1/audit/events/e49/proof")).Expect(200).Json;
        Assert.Equal(49, (long)proof["sequence"]!);
    }

    [Fact]
    public async Task One_id_through_both_nodes_at_the_same_moment_is_stored_once()
    {
        for (var i = 0; i < 50; i++)
        {
            var answers = await Task.WhenAll(_cluster.Running.Select(node => node.Client.PostEventAsync(Event($"twice-{i}"))));
            Assert.All(answers, answer => answer.Expect(200));
            Assert.Equal((1, 1), (answers.Sum(one => (int)one.Json["accepted"]!), answers.Sum(one => (int)one.Json["duplicates"]!)));
            var other = await _cluster[i % 2].Client.PostEventAsync(Event($"twice-{i}", actor: "eve"));
            Assert.Equal((409, "conflict"), ((int)other.Status, (string?)other.Json["results"]?[0]?["code"] ?? other.Json["rejected"]?[0]?["code"]?.ToString() ?? other.Code));
        }
    }

    [Fact]
    public async Task A_key_made_on_one_node_is_good_on_the_other_and_no_longer_within_a_second_of_its_end()
    {
        var made = (await _cluster[0].Client.PostAsync("/v1/access/keys", """{"name":"r","role":"reader"}""")).Expect(201).Json;
        using var reader = _cluster[1].Client.With((string)made["key"]!);
        (await reader.GetAsync("/v1/audit/events")).Expect(200);

        (await _cluster[0].Client.DeleteAsync($"/v1/access/keys/{(string)made["id"]!}")).Expect(204);

        await Eventually.TrueAsync(TimeSpan.FromSeconds(1.5), async () => (int)(await reader.GetAsync("/v1/audit/events")).Status == 401, () => "the revoked key is still good");
    }

    [Fact]
    public async Task A_page_token_and_a_checkpoint_of_one_node_are_good_on_the_other()
    {
        for (var i = 0; i < 5; i++) (await _cluster[0].Client.PostEventAsync(Event($"paged-{i}"))).Expect(200);
        var first = (await _cluster[0].Client.GetAsync("/v1/audit/events?order=asc&page_size=2")).Expect(200).Json;
        var second = (await _cluster[1].Client.GetAsync($"/v1/audit/events?page_size=2&page_token={(string)first["next_page_token"]!}")).Expect(200).Json;
        Assert.Equal((long)first["events"]![1]!["sequence"]! + 1, (long)second["events"]![0]!["sequence"]!);
        Assert.Equal(
            (string)(await _cluster[0].Client.GetAsync("/v1/audit/log")).Expect(200).Json["vkey"]!,
            (string)(await _cluster[1].Client.GetAsync("/v1/audit/log")).Expect(200).Json["vkey"]!);
    }

    private static string Event(string id, string actor = "ada") => $$$"""{"id":"{{{id}}}","action":"user.login","outcome":"success","actor":{"type":"user","id":"{{{actor}}}"}}""";
}
