using Microsoft.Extensions.DependencyInjection;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Secrets;

public sealed class SqliteSecretsTests() : SecretsTests(new SqliteConfiguration());

public sealed class PostgresSecretsTests() : SecretsTests(new PostgresConfigurations())
{
    [Fact]
    public async Task Of_nodes_that_start_together_with_one_key_each_makes_the_same_of_it()
    {
        var key = new byte[32];

        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => StartAsync(key: key))));

        Assert.Single(nodes.Select(node => node.GetRequiredService<LedgerIdentities>().Main.Key.Text).Distinct());
        Assert.Single(nodes.Select(node => node.GetRequiredService<LedgerIdentities>().Own.Key.Text).Distinct());
        Assert.Single(nodes.Select(node => Convert.ToHexString(node.GetRequiredService<InstanceSecrets>().PageTokenKey)).Distinct());
        var cipher = nodes[0].GetRequiredService<ISecretProtector>().Protect("shared"u8.ToArray(), "destination");
        Assert.All(nodes, node => Assert.Equal("shared"u8.ToArray(), node.GetRequiredService<ISecretProtector>().Unprotect(cipher, "destination")));
        foreach (var node in nodes) await node.DisposeAsync();
    }
}

public abstract class SecretsTests(ConfigurationFixture fixture) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await fixture.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_secret_survives_a_restart_and_is_nowhere_in_the_database()
    {
        byte[] cipher;
        await using (var first = await StartAsync()) cipher = first.GetRequiredService<ISecretProtector>().Protect("hunter2 hunter2 hunter2"u8.ToArray(), "destination");

        await using var second = await StartAsync();
        var protector = second.GetRequiredService<ISecretProtector>();
        Assert.Equal("hunter2 hunter2 hunter2"u8.ToArray(), protector.Unprotect(cipher, "destination"));
        Assert.Throws<SecretsException>(() => protector.Unprotect(cipher, "another purpose"));

        var ring = Assert.Single(await RingAsync(second));
        Assert.Contains("<wrapped", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", ring, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_key_file_the_instance_does_not_start()
    {
        await using (await StartAsync()) File.Delete(_folder.File("keys"));

        var refused = await Assert.ThrowsAsync<SecretsException>(() => StartAsync());

        Assert.Contains("copy the key file from the node that made it, or set the same Sluice:Secrets:Key on all nodes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_key_the_instance_does_not_start_and_nothing_is_wrapped_by_it()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<SecretsException>(() => StartAsync(key: new byte[32]));

        Assert.Contains("copy the key file from the node that made it, or set the same Sluice:Secrets:Key on all nodes", refused.Message, StringComparison.Ordinal);
        Assert.Single(await RingAsync(first));
    }

    [Fact]
    public async Task A_ledger_keeps_its_name_and_key_and_what_it_signs_verifies()
    {
        string vkey;
        await using (var first = await StartAsync())
        {
            var main = first.GetRequiredService<LedgerIdentities>().Main;
            Assert.Matches("^sluice\\.local/[0-9a-f]{16}$", main.Origin);
            vkey = main.Key.Text;
        }

        await using var second = await StartAsync();
        var identities = second.GetRequiredService<LedgerIdentities>();
        Assert.Equal(vkey, identities["main"].Key.Text);
        Assert.Equal(identities.Main.Origin + "/_sluice", identities["_sluice"].Origin);
        Assert.NotEqual(identities.Main.Key.PublicKey.ToArray(), identities.Own.Key.PublicKey.ToArray());

        Assert.True(SignedNote.TryParse(SignedNote.Sign("text\n", identities.Main), out var note));
        Assert.True(VerifierKey.TryParse(vkey, out var key));
        Assert.Equal(NoteVerdict.Verified, note.Verify(key));
    }

    [Fact]
    public async Task A_given_origin_is_used_from_the_first_start_and_cannot_change()
    {
        await using (var first = await StartAsync("audit.example.com/main")) Assert.Equal("audit.example.com/main", first.GetRequiredService<LedgerIdentities>().Main.Origin);
        await using (var without = await StartAsync()) Assert.Equal("audit.example.com/main", without.GetRequiredService<LedgerIdentities>().Main.Origin);

        var refused = await Assert.ThrowsAsync<SecretsException>(() => StartAsync("audit.example.com/other"));
        Assert.Contains("audit.example.com/main", refused.Message, StringComparison.Ordinal);
    }

    private static ValueTask<IReadOnlyList<string>> RingAsync(ServiceProvider node) =>
        node.GetRequiredService<IConfigurationStore>().ReadAsync(session => session.QueryAsync("SELECT xml FROM key_ring", row => row.Text(0)));

    protected async Task<ServiceProvider> StartAsync(string? origin = null, byte[]? key = null)
    {
        var store = await fixture.OpenAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton(store).AddSecrets(_folder.File("keys"), key, origin).BuildServiceProvider();
        try
        {
            await services.GetRequiredService<InstanceSecrets>().OpenAsync();
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }
}
