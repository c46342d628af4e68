using Sluice.Ledger;

namespace Sluice.Secrets;

/// <summary>Under which name a ledger signs, and with what key.</summary>
public sealed class LedgerIdentity : INoteSigner, IDisposable
{
    private readonly Ed25519Key _key;

    internal LedgerIdentity(string ledger, string origin, Ed25519Key key)
    {
        _key = key;
        (Ledger, Key) = (ledger, new VerifierKey(origin, key.PublicKey));
    }

    /// <summary><c>main</c> or <c>_sluice</c>.</summary>
    public string Ledger { get; }

    public string Origin => Key.Name;

    public VerifierKey Key { get; }

    public byte[] Sign(ReadOnlySpan<byte> text) => _key.Sign(text);

    public void Dispose() => _key.Dispose();
}
