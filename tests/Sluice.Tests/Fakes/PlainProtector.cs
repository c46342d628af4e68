using Sluice.Secrets;

namespace Sluice.Tests.Fakes;

/// <summary>Hides secrets by turning every bit: enough to see whether one was stored as it is.</summary>
internal sealed class PlainProtector : ISecretProtector
{
    public byte[] Protect(byte[] plain, string purpose) => [.. plain.Select(b => (byte)~b)];

    public byte[] Unprotect(byte[] cipher, string purpose) => [.. cipher.Select(b => (byte)~b)];
}
