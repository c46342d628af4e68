using System.Security.Cryptography;
using Sluice.Storage.Sqlite;
using Sluice.Tenants;

namespace Sluice.Secrets;

/// <summary>The identities of all ledgers, made at the first start and the same ever after.</summary>
public sealed class LedgerIdentities : IDisposable
{
    public const string MainLedger = "main";

    private const string Purpose = "ledger";

    private readonly ConfigurationDatabase _database;
    private readonly ISecretProtector _protector;

    /// <param name="origin">What the main ledger shall sign as; null for what it signed as before, or a name of its own.</param>
    /// <exception cref="SecretsException">The ledger has signed under another name before, or its key cannot be read.</exception>
    public LedgerIdentities(ConfigurationDatabase database, ISecretProtector protector, string? origin)
    {
        (_database, _protector) = (database, protector);
        Main = Find(MainLedger) ?? Create(MainLedger, origin ?? "sluice.local/" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        if (origin is not null && origin != Main.Origin)
            throw new SecretsException($"Sluice:Ledger:Origin is {origin}, but this ledger signs as {Main.Origin} since its first start, and its proofs name it. Set it to that, or leave it out.");
        Own = Find(TenantNames.Sluice) ?? Create(TenantNames.Sluice, $"{Main.Origin}/{TenantNames.Sluice}");
    }

    /// <summary>The ledger of the users' events.</summary>
    public LedgerIdentity Main { get; }

    /// <summary>The ledger of Sluice's own events.</summary>
    public LedgerIdentity Own { get; }

    public LedgerIdentity this[string ledger] => ledger == MainLedger ? Main : ledger == TenantNames.Sluice ? Own : throw new ArgumentOutOfRangeException(nameof(ledger), ledger, "There is no such ledger.");

    public void Dispose()
    {
        Main.Dispose();
        Own.Dispose();
    }

    private LedgerIdentity? Find(string ledger)
    {
        var stored = _database.Read(open =>
        {
            using var statement = open.Prepare("SELECT origin, private_key FROM ledgers WHERE name = ?");
            return statement.Bind(1, ledger).Step() ? (Origin: statement.Text(0), Key: statement.Blob(1).ToArray()) : default;
        });
        return stored.Key is null ? null : Identity(ledger, stored.Origin, _protector.Unprotect(stored.Key, Purpose));
    }

    private LedgerIdentity Create(string ledger, string origin)
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength);
        var secret = _protector.Protect(seed, Purpose);   // before the transaction: it may have to store a new key in the ring
        var identity = Identity(ledger, origin, seed);
        _database.Write(open =>
        {
            using var statement = open.Prepare("INSERT INTO ledgers (name, origin, public_key, private_key) VALUES (?, ?, ?, ?)");
            statement.Bind(1, ledger).Bind(2, origin).Bind(3, identity.Key.PublicKey).Bind(4, secret).Run();
        });
        return identity;
    }

    private static LedgerIdentity Identity(string ledger, string origin, byte[] seed)
    {
        var identity = new LedgerIdentity(ledger, origin, Ed25519Key.FromSeed(seed));
        CryptographicOperations.ZeroMemory(seed);
        return identity;
    }
}
