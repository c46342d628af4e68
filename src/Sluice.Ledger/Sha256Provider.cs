using System.Security.Cryptography;

namespace Sluice.Ledger;

/// <summary>Computes SHA-256 of the data into 32 bytes.</summary>
public delegate void Sha256Function(ReadOnlySpan<byte> data, Span<byte> digest);

/// <summary>
/// Where all hashes of the ledger are computed. The framework's way spends three quarters of a short hash on its own bookkeeping, and a ledger makes
/// four short hashes an event; so a program may put a faster function here before it hashes anything. This assembly itself calls nothing native.
/// </summary>
public static class Sha256Provider
{
    [ThreadStatic]
    private static IncrementalHash? t_framework;

    /// <summary>The function in use; the framework's by default.</summary>
    public static Sha256Function Hash { get; private set; } = Framework;

    /// <exception cref="ArgumentException">The function does not compute SHA-256; the one before it stays in use.</exception>
    public static void Use(Sha256Function function)
    {
        Span<byte> expected = stackalloc byte[Digest.Size];
        Span<byte> actual = stackalloc byte[Digest.Size];
        foreach (var length in new[] { 0, 33, 55, 56, 64, 65, 1000, 100_000 })
        {
            var sample = new byte[length];
            new Random(length).NextBytes(sample);
            Framework(sample, expected);
            function(sample, actual);
            if (!actual.SequenceEqual(expected)) throw new ArgumentException($"The function is not SHA-256: {length} bytes hash to something else.", nameof(function));
        }

        Hash = function;
    }

    private static void Framework(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var hash = t_framework ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(data);
        hash.GetHashAndReset(digest);
    }
}
