using System.Runtime.InteropServices;

namespace Sluice.Secrets;

/// <summary>The few functions of OpenSSL's libcrypto that signing with Ed25519 takes; the framework has none. Loaded at first use.</summary>
internal sealed unsafe class LibCrypto
{
    /// <summary><c>NID_ED25519</c>.</summary>
    public const int Ed25519 = 1087;

    private static readonly string[] Names = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto-3-x64.dll"];
    private static readonly Lazy<LibCrypto> Loaded = new(() => new LibCrypto());

    public readonly delegate* unmanaged<int, nint, byte*, nuint, nint> NewRawPrivateKey;
    public readonly delegate* unmanaged<nint, byte*, nuint*, int> GetRawPublicKey;
    public readonly delegate* unmanaged<nint, void> FreeKey;
    public readonly delegate* unmanaged<nint> NewContext;
    public readonly delegate* unmanaged<nint, void> FreeContext;
    public readonly delegate* unmanaged<nint, nint*, nint, nint, nint, int> DigestSignInit;
    public readonly delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int> DigestSign;

    private LibCrypto()
    {
        var library = Load();
        NewRawPrivateKey = (delegate* unmanaged<int, nint, byte*, nuint, nint>)NativeLibrary.GetExport(library, "EVP_PKEY_new_raw_private_key");
        GetRawPublicKey = (delegate* unmanaged<nint, byte*, nuint*, int>)NativeLibrary.GetExport(library, "EVP_PKEY_get_raw_public_key");
        FreeKey = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "EVP_PKEY_free");
        NewContext = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "EVP_MD_CTX_new");
        FreeContext = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(library, "EVP_MD_CTX_free");
        DigestSignInit = (delegate* unmanaged<nint, nint*, nint, nint, nint, int>)NativeLibrary.GetExport(library, "EVP_DigestSignInit");
        DigestSign = (delegate* unmanaged<nint, byte*, nuint*, byte*, nuint, int>)NativeLibrary.GetExport(library, "EVP_DigestSign");
    }

    /// <exception cref="SecretsException">The system has no libcrypto that we can use.</exception>
    public static LibCrypto Instance => Loaded.Value;

    public static bool TryLoad(out nint library)
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out library)) return true;
        }

        library = 0;
        return false;
    }

    private static nint Load() => TryLoad(out var library)
        ? library
        : throw new SecretsException($"Signing the ledger needs OpenSSL's libcrypto 1.1 or 3, and none of {string.Join(", ", Names)} was found. Install the package libssl3 (or openssl).");
}
