using Microsoft.Extensions.DependencyInjection;
using Sluice.Checkpoints;
using Sluice.Ledger;
using Sluice.Migration;
using Sluice.Query;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Storage.Postgres;
using Sluice.Storage.Sqlite;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Tests.Fakes;
using Sluice.Tests.Server;
using Sluice.Tests.Verification;

namespace Sluice.Tests.Migration;

public sealed class InstanceMigrationTests
{
    [Fact]
    public async Task Events_proofs_and_checkpoints_of_before_hold_afterwards()
    {
        await using var its = await MovedInstance.PrepareAsync(300, 4_500, 1, 700);
        IReadOnlyList<StoredCopy> events;
        IReadOnlyList<Digest> proof;
        await using (var old = its.Folder.Open("main")) (events, proof) = (await AllAsync(old), [.. await new ProofBuilder(old, 4_801).OfAsync(4_242, [], default)]);

        await its.MoveAsync();

        await using var main = await its.OpenAsync();
        await using var own = await its.OpenAsync(TenantNames.Sluice);
        Assert.Equal((5_501, 3), (main.Size, own.Size));
        Assert.Equal(events, await AllAsync(main));
        Assert.Equal(proof, await new ProofBuilder(main, 4_801).OfAsync(4_242, [], default));
        using var identities = await LedgerIdentities.OpenAsync(its.Configuration, new PlainProtector(), "test.example/main");
        var store = new CheckpointStore(its.Configuration);
        foreach (var size in await store.SizesAsync("main", 0, long.MaxValue))
        {
            var note = (await store.ListAsync("main", size + 1, 1))[0].Checkpoint.Note;
            Assert.Equal(Checkpoint.Open(note, identities.Main.Key, out _)!.Root, await TreeRoot.OfAsync(main, size, default));
        }
    }

    [Fact]
    public async Task The_ledger_goes_on_where_it_was_and_still_knows_its_ids()
    {
        await using var its = await MovedInstance.PrepareAsync(5_000);
        await its.MoveAsync();
        await using var main = await its.OpenAsync();
        await using var other = await its.OpenAsync();

        await LedgerFolder.AppendAsync(main, 4_990, 30);

        Assert.Equal(5_020, main.Size);
        await other.CatchUpAsync(default);
        Assert.Equal(main.Tree().ToBytes(), other.Tree().ToBytes());
        Assert.Null((await its.VerdictAsync()).Fault);
    }

    [Fact]
    public async Task A_server_s_whole_configuration_arrives_and_its_secrets_open_with_the_same_master_key()
    {
        using var data = new TemporaryFolder();
        string token;
        await using (var server = await RunningServer.StartAsync(new() { ["Sluice:Data"] = data.Path, ["Sluice:Delivery:AllowPrivateEndpoints"] = "true" }))
        {
            await server.CallAsync("POST", "/v1/audit/events", body: Enumerable.Range(0, 20).Select(i => new { id = $"e{i}", tenant_id = "t", action = "a.b", outcome = "success", actor = new { type = "user", id = "u" } }));
            var made = await server.CallAsync("POST", "/v1/audit/siem", body: """{"provider":"webhook","name":"hook","endpoint":"http://127.0.0.1:9/","headers":[{"name":"X-Key","value":"secret-of-the-hook","active":true,"secret":true}],"enabled":false}""");
            Assert.True(made.Status is 200 or 201, made.Text);
            token = (await server.CallAsync("GET", "/v1/audit/events?page_size=5"))["next_page_token"]!;
            await server.StopAsync();
        }

        IReadOnlyList<StoredStream> before;
        IReadOnlyList<AccessKey> keys;
        using (var old = ConfigurationDatabase.Open(data.Path)) (before, keys) = (await new StreamStore(old).AllAsync(), await new AccessKeys(old, TimeProvider.System, null).ListAsync());
        await using var target = PostgresSource.Open(await Testing.SharedPostgres.NewDatabaseAsync(), "test");
        Assert.IsType<MigrationResult.Moved>(await new InstanceMigration(data.Path, target, new MovedInstance.Heard()).RunAsync(default));

        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfigurationStore>(new PostgresConfiguration(target));
        await using var node = services.AddSecrets(data.File("keys"), null, null).BuildServiceProvider();
        await node.GetRequiredService<InstanceSecrets>().OpenAsync();
        Assert.True(new PageTokens(node.GetRequiredService<InstanceSecrets>().PageTokenKey).TryRead(token, out var place));
        Assert.Equal(15, place.Position);
        var stream = Assert.Single(await new StreamStore(new PostgresConfiguration(target)).AllAsync());
        Assert.Equal((before[0].Cursor, before[0].State, before[0].Fence, before[0].Destination.Definition), (stream.Cursor, stream.State, stream.Fence, stream.Destination.Definition));
        Assert.Equal(before[0].Destination.Secrets, stream.Destination.Secrets);
        Assert.Equal(keys, await new AccessKeys(new PostgresConfiguration(target), TimeProvider.System, null).ListAsync());
        Assert.Throws<StorageUnavailableException>(() => ConfigurationDatabase.Open(data.Path));
    }

    [Fact]
    public async Task Stopped_at_any_page_it_goes_on_there_and_no_node_starts_meanwhile()
    {
        await using var its = await MovedInstance.PrepareAsync(5_000, 9_000, 300);
        foreach (var stopAt in new[] { 1, 5_000 })
        {
            using var stop = new CancellationTokenSource();
            var output = new MovedInstance.Heard(events => { if (events >= stopAt) stop.Cancel(); });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => its.RunAsync(output, stop.Token));
            Assert.True(output.Reports[0].Events >= stopAt - 4_096);
            Assert.Contains("unfinished", (await Assert.ThrowsAsync<StorageUnavailableException>(async () => await its.Configuration.LockForStartAsync())).Message);
            Assert.Contains("unfinished", (await Assert.ThrowsAsync<StorageUnavailableException>(its.VerdictAsync)).Message);
        }

        await its.MoveAsync();

        await (await its.Configuration.LockForStartAsync()).DisposeAsync();
        Assert.Equal((14_300, 3), ((await its.VerdictAsync()).Events, (await its.VerdictAsync()).Checkpoints));
    }

    [Fact]
    public async Task Damage_in_the_folder_stops_it_at_the_first_wrong_event_also_when_it_goes_on()
    {
        await using var its = await MovedInstance.PrepareAsync(9_000);
        its.Folder.Change("UPDATE events SET body=replace(body, 'Ada', 'Eve') WHERE sequence IN (6000, 7000)");

        for (var tries = 0; tries < 2; tries++)
        {
            var result = Assert.IsType<MigrationResult.SourceIsWrong>(await its.RunAsync());
            Assert.Equal(6_000, result.Ledgers[0].Fault!.First);
        }

        Assert.False(File.Exists(Path.Combine(its.Folder.Path, MovedMarker.FileName)));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await its.Configuration.LockForStartAsync());
    }

    [Fact]
    public async Task An_event_that_was_replaced_with_all_its_hashes_is_found_by_the_checkpoint()
    {
        await using var its = await MovedInstance.PrepareAsync(100, 500);
        its.Folder.Forge(450);

        var result = Assert.IsType<MigrationResult.SourceIsWrong>(await its.RunAsync());

        Assert.Equal((100, 599), (result.Ledgers[0].Fault!.First, result.Ledgers[0].Fault!.Last));
    }

    [Fact]
    public async Task A_database_that_holds_anything_else_is_refused()
    {
        await using var its = await MovedInstance.PrepareAsync(10);
        await PostgresSchema.ApplyAsync(its.Target, SchemaPart.All);
        await new AccessKeys(its.Configuration, TimeProvider.System, null).CreateFirstAdminAsync("admin");
        Assert.Contains("access_keys", (await Assert.ThrowsAsync<StorageUnavailableException>(() => its.RunAsync())).Message);
        await its.ExecuteAsync("DELETE FROM access_keys");
        await using (var main = await its.OpenAsync()) await LedgerFolder.AppendAsync(main, 0, 1);
        Assert.Contains("not empty", (await Assert.ThrowsAsync<StorageUnavailableException>(() => its.RunAsync())).Message);

        await using var one = await MovedInstance.PrepareAsync(10);
        await one.MoveAsync();
        Assert.Contains("not empty", (await Assert.ThrowsAsync<StorageUnavailableException>(() => one.RunAsync())).Message);
    }

    [Fact]
    public async Task A_database_with_another_instance_s_unfinished_migration_is_refused()
    {
        await using var its = await MovedInstance.PrepareAsync(10);
        using var other = await LedgerFolder.WithAsync(10);
        its.Folder.Change("DELETE FROM events WHERE sequence=3");
        await its.RunAsync();

        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(() => new InstanceMigration(other.Path, its.Target, new MovedInstance.Heard()).RunAsync(default));

        Assert.Contains("another instance", refused.Message);
    }

    [Fact]
    public async Task What_is_no_instance_or_a_newer_one_is_refused()
    {
        await using var its = await MovedInstance.PrepareAsync(1);
        its.Folder.ChangeConfiguration("PRAGMA user_version=999");
        Assert.Contains("newer version", (await Assert.ThrowsAsync<StorageUnavailableException>(() => its.RunAsync())).Message);
        File.Delete(Path.Combine(its.Folder.Path, ConfigurationDatabase.FileName));
        Assert.Contains("There is no data", (await Assert.ThrowsAsync<StorageUnavailableException>(() => its.RunAsync())).Message);
    }

    private static async Task<IReadOnlyList<StoredCopy>> AllAsync(ILedgerReader ledger)
    {
        using var page = new EventPage();
        await ledger.ReadAsync(page, 0, long.MaxValue, int.MaxValue, int.MaxValue, default);
        return StoredCopy.Of(page);
    }
}
