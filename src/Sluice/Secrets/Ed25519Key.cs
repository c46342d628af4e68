using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Secrets;

/// <summary>An Ed25519 key pair that signs. Safe for several threads at once.</summary>
internal sealed unsafe class Ed25519Key : SafeHandleZeroOrMinusOneIsInvalid
{
    public const int SeedLength = 32, PublicKeyLength = 32, SignatureLength = 64;

    private Ed25519Key(nint key)
        : base(ownsHandle: true)
    {
        SetHandle(key);
        PublicKey = ReadPublicKey(key);
    }

    public byte[] PublicKey { get; }

    /// <param name="seed">The 32 bytes that RFC 8032 calls the private key.</param>
    public static Ed25519Key FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        fixed (byte* bytes = seed)
        {
            var key = LibCrypto.Instance.NewRawPrivateKey(LibCrypto.Ed25519, 0, bytes, SeedLength);
            return key != 0 ? new Ed25519Key(key) : throw Failed("read the key");
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var held = false;
        var context = LibCrypto.Instance.NewContext();
        try
        {
            DangerousAddRef(ref held);
            return Sign(context, message);
        }
        finally
        {
            LibCrypto.Instance.FreeContext(context);
            if (held) DangerousRelease();
        }
    }

    protected override bool ReleaseHandle()
    {
        LibCrypto.Instance.FreeKey(handle);
        return true;
    }

    private byte[] Sign(nint context, ReadOnlySpan<byte> message)
    {
        var signature = new byte[SignatureLength];
        nuint length = SignatureLength;
        byte none = 0;
        fixed (byte* signed = signature, given = message)
        {
            var bytes = message.IsEmpty ? &none : given;
            if (LibCrypto.Instance.DigestSignInit(context, null, 0, 0, handle) != 1
                || LibCrypto.Instance.DigestSign(context, signed, &length, bytes, (nuint)message.Length) != 1) throw Failed("sign");
        }

        return signature;
    }

    private static byte[] ReadPublicKey(nint key)
    {
        var publicKey = new byte[PublicKeyLength];
        nuint length = PublicKeyLength;
        fixed (byte* bytes = publicKey)
        {
            return LibCrypto.Instance.GetRawPublicKey(key, bytes, &length) == 1 ? publicKey : throw Failed("read the public key");
        }
    }

    private static CryptographicException Failed(string what) => new($"libcrypto could not {what}.");
}
