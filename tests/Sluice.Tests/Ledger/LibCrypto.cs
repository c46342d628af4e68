using System.Runtime.InteropServices;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

/// <summary>Ed25519 by OpenSSL: the other implementation that the managed one is checked against.</summary>
internal sealed unsafe class LibCrypto : INoteSigner
{
    private const int Ed25519Nid = 1087;

    private static readonly nint Library = Load();
    private static readonly delegate* unmanaged<int, nint, byte*, nuint, nint> NewPrivateKey =
        (delegate* unmanaged<int, nint, byte*, nuint, nint>)Export("EVP_PKEY_new_raw_private_key");
    private static readonly delegate* unmanaged<int, nint, byte*, nuint, nint> NewPublicKey =
        (delegate* unmanaged<int, nint, byte*, nuint, nint>)Export("EVP_PKEY_new_raw_public_key");
    private static readonly delegate* unmanaged<nint, byte*, nuint*, int> GetPublicKey =
        (delegate* unmanaged<nint, byte*, nuint*, int>)Export("EVP_PKEY_get_raw_public_key");
    private static readonly delegate* unmanaged<nint, void> FreeKey = (delegate* unmanaged<nint, void>)Export("EVP_PKEY_free");
    private static readonly delegate* unmanaged<nint> NewContext = (delegate* unmanaged<nint>)Export("EVP_MD_CTX_new");
    private static readonly delegate* unmanaged<nint, void> FreeContext = (delegate* unmanaged<nint, void>)Export("EVP_MD_CTX_free");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint, int> SignInit =
        (delegate* unmanaged<nint, nint, nint, nint, nint, int>)Export("EVP_DigestSignInit");
    private static readonly delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int> DigestSign =
        (delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int>)Export("EVP_DigestSign");
    private static readonly delegate* unmanaged<nint, nint, nint, nint, nint, int> VerifyInit =
        (delegate* unmanaged<nint, nint, nint, nint, nint, int>)Export("EVP_DigestVerifyInit");
    private static readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int> DigestVerify =
        (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, int>)Export("EVP_DigestVerify");

    private readonly byte[] _seed;

    public LibCrypto(string name, ReadOnlySpan<byte> seed)
    {
        _seed = seed.ToArray();
        Key = new VerifierKey(name, PublicKeyOf(seed));
    }

    public VerifierKey Key { get; }

    public byte[] Sign(ReadOnlySpan<byte> text) => Sign(_seed, text);

    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        var publicKey = new byte[32];
        nuint length = 32;
        fixed (byte* secret = seed, bytes = publicKey)
        {
            var key = NewPrivateKey(Ed25519Nid, 0, secret, 32);
            Require(GetPublicKey(key, bytes, &length));
            FreeKey(key);
        }
        return publicKey;
    }

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        var signature = new byte[64];
        nuint length = 64;
        fixed (byte* secret = seed, text = message, bytes = signature)
        {
            var key = NewPrivateKey(Ed25519Nid, 0, secret, 32);
            var context = NewContext();
            Require(SignInit(context, 0, 0, 0, key));
            Require(DigestSign(context, bytes, &length, text, (nuint)message.Length));
            FreeContext(context);
            FreeKey(key);
        }
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        fixed (byte* bytes = publicKey, text = message, signed = signature)
        {
            var key = NewPublicKey(Ed25519Nid, 0, bytes, 32);
            var context = NewContext();
            Require(VerifyInit(context, 0, 0, 0, key));
            var verified = DigestVerify(context, signed, (nuint)signature.Length, text, (nuint)message.Length) == 1;
            FreeContext(context);
            FreeKey(key);
            return verified;
        }
    }

    private static void Require(int result)
    {
        if (result != 1)
            throw new InvalidOperationException("libcrypto refused.");
    }

    private static nint Export(string name) => NativeLibrary.GetExport(Library, name);

    private static nint Load()
    {
        foreach (var name in new[] { "libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib" })
        {
            if (NativeLibrary.TryLoad(name, out var library))
                return library;
        }
        return NativeLibrary.Load("libcrypto");
    }
}
