using Sluice.Events;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Tests.Tenants;

public sealed class AccessKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly ConfigurationDatabase _database;
    private readonly ConfigurationDatabase _others;

    public AccessKeysTests() => (_database, _others) = (ConfigurationDatabase.Open(_folder.Path), ConfigurationDatabase.Open(_folder.Path));

    [Fact]
    public void A_key_made_by_another_process_works_at_once()
    {
        var server = new AccessKeys(_database, _time, null);

        var made = new AccessKeys(_others, _time, null).Create(new AccessKeyRequest("cli", Role.Writer, "acme"));

        Assert.Equal(KeyVerdict.Valid, server.Find(made.Text, out var caller));
        Assert.Equal((made.Key.Id, Role.Writer, "acme"), (caller!.KeyId, caller.Role, caller.TenantId));
    }

    [Fact]
    public void A_key_revoked_by_another_process_is_refused_within_a_second()
    {
        var server = new AccessKeys(_database, _time, null);
        var made = server.Create(new AccessKeyRequest("old", Role.Writer));

        new AccessKeys(_others, _time, null).Revoke(made.Key.Id);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(KeyVerdict.Unknown, server.Find(made.Text, out _));
    }

    [Fact]
    public void Keys_survive_a_restart_and_the_database_does_not_hold_them()
    {
        var made = new AccessKeys(_database, _time, null).Create(new AccessKeyRequest("kept", Role.Reader, ExpiresAt: 1_900_000_000_000_000_000));

        var restarted = new AccessKeys(_others, _time, null);

        Assert.Equal(made.Key, Assert.Single(restarted.List()));
        Assert.Equal(KeyVerdict.Valid, restarted.Find(made.Text, out _));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.DoesNotContain(made.Text, File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    [Fact]
    public void The_environments_key_is_an_instance_admin_while_it_is_set_and_never_stored()
    {
        const string key = "from-the-environment-of-the-server";

        Assert.Equal(KeyVerdict.Valid, new AccessKeys(_database, _time, key).Find(key, out var caller));
        Assert.Equal(("key_env", Role.Admin, true), (caller!.KeyId, caller.Role, caller.IsInstance));
        Assert.Empty(new AccessKeys(_database, _time, key).List());
        Assert.Equal(KeyVerdict.Unknown, new AccessKeys(_database, _time, null).Find(key, out _));
    }

    [Fact]
    public void Somebody_can_administer_only_with_a_valid_instance_admin_key()
    {
        var keys = new AccessKeys(_database, _time, null);
        keys.Create(new AccessKeyRequest("tenant's", Role.Admin, "acme"));
        keys.Create(new AccessKeyRequest("writer", Role.Writer));
        Assert.False(keys.HasInstanceAdmin);

        var admin = keys.Create(new AccessKeyRequest("admin", Role.Admin, ExpiresAt: Timestamp.Now(_time) + 1_000_000_000));
        Assert.True(keys.HasInstanceAdmin);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(keys.HasInstanceAdmin);
        Assert.Equal(KeyVerdict.Expired, keys.Find(admin.Text, out _));
    }

    public void Dispose()
    {
        _database.Dispose();
        _others.Dispose();
        _folder.Dispose();
    }
}
