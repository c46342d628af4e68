namespace Sluice.Ledger;

/// <summary>Holds a private key; what it signs verifies with <see cref="Key"/>.</summary>
public interface INoteSigner
{
    VerifierKey Key { get; }

    /// <returns>The 64 bytes of an Ed25519 signature.</returns>
    byte[] Sign(ReadOnlySpan<byte> text);
}
