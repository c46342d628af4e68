using Microsoft.Extensions.DependencyInjection;
using Sluice.Ledger;
using Sluice.Secrets;
using Sluice.Storage.Sqlite;

namespace Sluice.Tests.Secrets;

public sealed class SecretsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_secret_survives_a_restart_and_is_nowhere_in_the_database()
    {
        byte[] cipher;
        using (var first = Start()) cipher = first.GetRequiredService<ISecretProtector>().Protect("hunter2 hunter2 hunter2"u8.ToArray(), "destination");

        using var second = Start();
        var protector = second.GetRequiredService<ISecretProtector>();
        Assert.Equal("hunter2 hunter2 hunter2"u8.ToArray(), protector.Unprotect(cipher, "destination"));
        Assert.Throws<SecretsException>(() => protector.Unprotect(cipher, "another purpose"));

        var ring = second.GetRequiredService<ConfigurationDatabase>().Read(open =>
        {
            using var statement = open.Prepare("SELECT xml FROM key_ring");
            return statement.Step() ? statement.Text(0) : "";
        });
        Assert.Contains("<wrapped", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", ring, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_key_file_the_data_folder_does_not_start()
    {
        using (var first = Start()) first.GetRequiredService<LedgerIdentities>();
        File.Delete(_folder.File("keys"));

        using var second = Start();
        Assert.Throws<SecretsException>(() => second.GetRequiredService<LedgerIdentities>());
    }

    [Fact]
    public void With_another_key_file_the_data_folder_does_not_start()
    {
        using (var first = Start()) first.GetRequiredService<LedgerIdentities>();
        File.Delete(_folder.File("keys"));
        MasterKey.Open(_folder.File("keys"), mayCreate: true);

        using var second = Start();
        Assert.Throws<SecretsException>(() => second.GetRequiredService<LedgerIdentities>());
    }

    [Fact]
    public void A_ledger_keeps_its_name_and_key_and_what_it_signs_verifies()
    {
        string vkey;
        using (var first = Start())
        {
            var main = first.GetRequiredService<LedgerIdentities>().Main;
            Assert.Matches("^sluice\\.local/[0-9a-f]{16}$", main.Origin);
            vkey = main.Key.Text;
        }

        using var second = Start();
        var identities = second.GetRequiredService<LedgerIdentities>();
        Assert.Equal(vkey, identities["main"].Key.Text);
        Assert.Equal(identities.Main.Origin + "/_sluice", identities["_sluice"].Origin);
        Assert.NotEqual(identities.Main.Key.PublicKey.ToArray(), identities.Own.Key.PublicKey.ToArray());

        Assert.True(SignedNote.TryParse(SignedNote.Sign("text\n", identities.Main), out var note));
        Assert.True(VerifierKey.TryParse(vkey, out var key));
        Assert.Equal(NoteVerdict.Verified, note.Verify(key));
    }

    [Fact]
    public void A_given_origin_is_used_from_the_first_start_and_cannot_change()
    {
        using (var first = Start("audit.example.com/main")) Assert.Equal("audit.example.com/main", first.GetRequiredService<LedgerIdentities>().Main.Origin);
        using (var without = Start()) Assert.Equal("audit.example.com/main", without.GetRequiredService<LedgerIdentities>().Main.Origin);

        using var changed = Start("audit.example.com/other");
        var refused = Assert.Throws<SecretsException>(() => changed.GetRequiredService<LedgerIdentities>());
        Assert.Contains("audit.example.com/main", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ServiceProvider Start(string? origin = null) => new ServiceCollection()
        .AddLogging().AddSingleton(_ => ConfigurationDatabase.Open(_folder.Path)).AddSecrets(_folder.File("keys"), origin).BuildServiceProvider();
}
