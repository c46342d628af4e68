using System.Security.Cryptography;
using Sluice.Storage;
using Sluice.Tenants;

namespace Sluice.Secrets;

/// <summary>The identities of all ledgers, made at the first start and the same ever after.</summary>
public sealed class LedgerIdentities : IDisposable
{
    public const string MainLedger = "main";

    private const string Purpose = "ledger";

    private LedgerIdentities(LedgerIdentity main, LedgerIdentity own) => (Main, Own) = (main, own);

    /// <summary>The ledger of the users' events.</summary>
    public LedgerIdentity Main { get; }

    /// <summary>The ledger of Sluice's own events.</summary>
    public LedgerIdentity Own { get; }

    public LedgerIdentity this[string ledger] => ledger == MainLedger ? Main : ledger == TenantNames.Sluice ? Own : throw new ArgumentOutOfRangeException(nameof(ledger), ledger, "There is no such ledger.");

    /// <param name="origin">What the main ledger shall sign as; null for what it signed as before, or a name of its own.</param>
    /// <exception cref="SecretsException">The ledger has signed under another name before, or its key cannot be read.</exception>
    public static async ValueTask<LedgerIdentities> OpenAsync(IConfigurationStore store, ISecretProtector protector, string? origin, CancellationToken cancellation = default)
    {
        var main = await GetOrCreateAsync(store, protector, MainLedger, () => origin ?? "sluice.local/" + RandomNumberGenerator.GetHexString(16, lowercase: true), cancellation);
        if (origin is not null && origin != main.Origin)
        {
            main.Dispose();
            throw new SecretsException($"Sluice:Ledger:Origin is {origin}, but this ledger signs as {main.Origin} since its first start, and its proofs name it. Set it to that, or leave it out.");
        }

        return new LedgerIdentities(main, await GetOrCreateAsync(store, protector, TenantNames.Sluice, () => $"{main.Origin}/{TenantNames.Sluice}", cancellation));
    }

    public void Dispose()
    {
        Main.Dispose();
        Own.Dispose();
    }

    private static async ValueTask<LedgerIdentity> GetOrCreateAsync(IConfigurationStore store, ISecretProtector protector, string ledger, Func<string> newOrigin, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(session => FindAsync(session, ledger), cancellation) ?? await CreateAsync(store, protector, ledger, newOrigin(), cancellation);
        var seed = protector.Unprotect(stored.PrivateKey, Purpose);
        var identity = new LedgerIdentity(ledger, stored.Origin, Ed25519Key.FromSeed(seed));
        CryptographicOperations.ZeroMemory(seed);
        return identity;
    }

    /// <returns>What was made, here or by somebody else a moment before.</returns>
    private static async ValueTask<Stored> CreateAsync(IConfigurationStore store, ISecretProtector protector, string ledger, string origin, CancellationToken cancellation)
    {
        var seed = RandomNumberGenerator.GetBytes(Ed25519Key.SeedLength);
        var secret = protector.Protect(seed, Purpose);   // before the transaction: it may have to store a new key in the ring
        using var key = Ed25519Key.FromSeed(seed);
        var made = new Stored(origin, secret);
        CryptographicOperations.ZeroMemory(seed);
        return await store.WriteAsync(async session =>
        {
            await session.ExecuteAsync(
                "INSERT INTO ledgers (name, origin, public_key, private_key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO NOTHING",
                ledger, origin, key.PublicKey, secret);
            return await FindAsync(session, ledger) ?? made;
        }, cancellation);
    }

    private static ValueTask<Stored?> FindAsync(IConfigurationSession session, string ledger) =>
        session.FirstAsync("SELECT origin, private_key FROM ledgers WHERE name=?1", row => new Stored(row.Text(0), row.Bytes(1)), ledger);

    private sealed record Stored(string Origin, byte[] PrivateKey);
}
