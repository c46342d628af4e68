using Sluice.Events;
using Sluice.Storage;
using Sluice.Tenants;
using Sluice.Tests.Fakes;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Tenants;

public sealed class SqliteAccessKeysTests() : AccessKeysTests(new SqliteConfiguration());

public sealed class PostgresAccessKeysTests() : AccessKeysTests(new PostgresConfigurations());

public abstract class AccessKeysTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private IConfigurationStore _store = null!;
    private IConfigurationStore _others = null!;

    public async ValueTask InitializeAsync() => (_store, _others) = (await fixture.OpenAsync(), await fixture.OpenAsync());

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    [Fact]
    public async Task A_key_made_by_another_process_works_at_once()
    {
        var server = Keys(_store);
        await server.ListAsync();

        var made = await Keys(_others).CreateAsync(new AccessKeyRequest("cli", Role.Writer, "acme"));

        var found = await server.FindAsync(made.Text);
        Assert.Equal(KeyVerdict.Valid, found.Verdict);
        Assert.Equal((made.Key.Id, Role.Writer, "acme"), (found.Caller!.Id, found.Caller.Role, found.Caller.TenantId));
    }

    [Fact]
    public async Task A_key_revoked_by_another_process_is_refused_within_a_second()
    {
        var server = Keys(_store);
        var made = await server.CreateAsync(new AccessKeyRequest("old", Role.Writer));

        await Keys(_others).RevokeAsync(made.Key.Id);
        Assert.Equal(KeyVerdict.Valid, (await server.FindAsync(made.Text)).Verdict);
        _time.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(() => server.FindAsync(made.Text).AsTask().GetAwaiter().GetResult().Verdict == KeyVerdict.Unknown, () => _time.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_key_for_a_machine_account_that_is_deleted_meanwhile_is_not_made()
    {
        var directory = new AccessDirectory(_store, _time);
        var (keys, admin) = (new AccessKeys(directory, null), new Caller("key_1", "admin", Role.Admin, null));
        var accounts = new MachineAccounts(directory, keys);
        var account = await accounts.CreateAsync("job", Role.Writer, "acme", AddressList.Everywhere);
        var request = new AccessKeyRequest("job", account.Role, account.TenantId) { AccountId = account.Id };
        await accounts.ChangeAsync(account.Id, new MachineAccountChange(null, Role.Reader, null), admin);
        Assert.Equal(Role.Reader, (await keys.CreateAsync(request)).Key.Role);

        await accounts.DeleteAsync(account.Id, admin);

        await Assert.ThrowsAsync<AccountGoneException>(() => keys.CreateAsync(request).AsTask());
        Assert.Empty(await keys.ListAsync());
    }

    [Fact]
    public async Task Keys_survive_a_restart_and_only_their_hash_is_stored()
    {
        var made = await Keys(_store).CreateAsync(new AccessKeyRequest("kept", Role.Reader, ExpiresAt: 1_900_000_000_000_000_000));

        var restarted = Keys(_others);

        Assert.Equal(made.Key, Assert.Single(await restarted.ListAsync()));
        Assert.Equal(KeyVerdict.Valid, (await restarted.FindAsync(made.Text)).Verdict);
        var stored = await _store.ReadAsync(session => session.FirstAsync("SELECT id, prefix, name, hash FROM access_keys", row => $"{row.Text(0)} {row.Text(1)} {row.Text(2)} {Convert.ToHexString(row.Bytes(3))}"));
        Assert.DoesNotContain(made.Text[20..], stored, StringComparison.Ordinal);
        if (fixture is SqliteConfiguration { Folder: var folder })
            Assert.All(Directory.GetFiles(folder), file => Assert.DoesNotContain(made.Text, File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_environments_key_is_an_instance_admin_while_it_is_set_and_never_stored()
    {
        const string key = "from-the-environment-of-the-server";

        var found = await Keys(_store, key).FindAsync(key);
        Assert.Equal((KeyVerdict.Valid, "key_env", Role.Admin, true), (found.Verdict, found.Caller!.Id, found.Caller.Role, found.Caller.IsInstance));
        Assert.Empty(await Keys(_store, key).ListAsync());
        Assert.Equal(KeyVerdict.Unknown, (await Keys(_store).FindAsync(key)).Verdict);
    }

    [Fact]
    public async Task Somebody_can_administer_only_with_a_valid_instance_admin_key()
    {
        var keys = Keys(_store);
        await keys.CreateAsync(new AccessKeyRequest("tenant's", Role.Admin, "acme"));
        await keys.CreateAsync(new AccessKeyRequest("writer", Role.Writer));
        Assert.False(await keys.HasInstanceAdminAsync());

        var admin = await keys.CreateAsync(new AccessKeyRequest("admin", Role.Admin, ExpiresAt: Timestamp.Now(_time) + 1_000_000_000));
        Assert.True(await keys.HasInstanceAdminAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await keys.HasInstanceAdminAsync());
        Assert.Equal(KeyVerdict.Expired, (await keys.FindAsync(admin.Text)).Verdict);
    }

    [Fact]
    public async Task Of_nodes_that_start_together_one_makes_the_first_admin_key()
    {
        var nodes = new[] { Keys(_store), Keys(_others) };

        var made = await Task.WhenAll(nodes.SelectMany(keys => Enumerable.Repeat(keys, 4)).Select(keys => Task.Run(() => keys.CreateFirstAdminAsync("first").AsTask())));

        Assert.Single(made, key => key is not null);
        Assert.Single(await nodes[0].ListAsync());
    }

    [Fact]
    public async Task Known_keys_stay_in_force_while_the_store_cannot_be_read_and_others_are_not_judged()
    {
        var store = new BreakableStore(_store);
        var keys = Keys(store);
        var known = await keys.CreateAsync(new AccessKeyRequest("known", Role.Writer));
        var unknown = await Keys(_others).CreateAsync(new AccessKeyRequest("unknown", Role.Writer));

        store.IsBroken = true;
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(KeyVerdict.Valid, (await keys.FindAsync(known.Text)).Verdict);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => keys.FindAsync(unknown.Text).AsTask());
        Assert.Equal(KeyVerdict.Unknown, (await keys.FindAsync("rubbish")).Verdict);
    }

    private AccessKeys Keys(IConfigurationStore store, string? environment = null) => new(store, _time, environment);
}
