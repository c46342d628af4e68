using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage;

namespace Sluice.Secrets;

/// <summary>
/// What an instance makes once, at the first start of its first node: the key ring, the ledgers' keys, the key of page tokens. Opened before anything
/// else runs. Of nodes that start together one makes them and the others wait and read them, so that there is never a second ring, or one that is
/// wrapped by another master key.
/// </summary>
public sealed class InstanceSecrets : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly Func<bool, MasterKey> _open;
    private readonly string? _origin;
    private MasterKey? _master;
    private LedgerIdentities? _identities;
    private byte[]? _pageTokenKey;

    /// <param name="open">Opens the master key; may make one when told true.</param>
    internal InstanceSecrets(IServiceProvider services, Func<bool, MasterKey> open, string? origin) => (_services, _open, _origin) = (services, open, origin);

    public LedgerIdentities Identities => _identities ?? throw NotOpen();

    /// <summary>Signs page tokens, so that they hold over restarts and on every node.</summary>
    public byte[] PageTokenKey => _pageTokenKey ?? throw NotOpen();

    internal MasterKey Master => _master ?? throw NotOpen();

    /// <exception cref="SecretsException">The stored secrets cannot be read with the key at hand; the message says what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellation = default)
    {
        var store = _services.GetRequiredService<IConfigurationStore>();
        await using var alone = await store.LockForStartAsync(cancellation);
        var ring = await _services.GetRequiredService<KeyRing>().AllAsync(cancellation);
        _master = _open(ring.Count == 0);
        // Before anything is protected: a ring that cannot be read would get a second key, wrapped by the wrong one.
        foreach (var wrapped in ring.SelectMany(key => key.Descendants(KeyRingEncryptor.ElementName))) _master.Unwrap(Convert.FromBase64String(wrapped.Value));
        var protector = _services.GetRequiredService<ISecretProtector>();
        protector.Protect([], "start");   // makes the ring's first key, or its next one, while no other node does
        _identities = await LedgerIdentities.OpenAsync(store, protector, _origin, cancellation);
        _pageTokenKey = await StoredKey.GetOrCreateAsync(store, protector, "page-tokens", cancellation);
    }

    public void Dispose() => _identities?.Dispose();

    private static InvalidOperationException NotOpen() => new("The instance's secrets are used before they were opened.");
}
