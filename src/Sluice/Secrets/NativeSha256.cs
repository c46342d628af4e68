using System.Runtime.InteropServices;
using Sluice.Ledger;

namespace Sluice.Secrets;

/// <summary>SHA-256 straight from libcrypto, where the system has it: 0.1 µs for a tree's node where the framework takes 0.45 µs.</summary>
public static unsafe class NativeSha256
{
    /// <summary>More than any version's <c>SHA256_CTX</c>, which is 112 bytes.</summary>
    private const int ContextBytes = 256;

    /// <summary>Longer inputs would keep the garbage collector waiting when called without a transition: 4 KiB take 3 µs.</summary>
    private const int ShortInput = 4096;

    private static delegate* unmanaged[SuppressGCTransition]<byte*, int> s_init;
    private static delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> s_updateShort;
    private static delegate* unmanaged<byte*, byte*, nuint, int> s_update;
    private static delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> s_final;

    /// <summary>Puts it in use for the ledger's hashes; without libcrypto, or without these functions in it, the framework's stays.</summary>
    public static void Install()
    {
        if (!LibCrypto.TryLoad(out var library)
            || !NativeLibrary.TryGetExport(library, "SHA256_Init", out var init)
            || !NativeLibrary.TryGetExport(library, "SHA256_Update", out var update)
            || !NativeLibrary.TryGetExport(library, "SHA256_Final", out var final))
        {
            return;
        }

        s_init = (delegate* unmanaged[SuppressGCTransition]<byte*, int>)init;
        s_updateShort = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)update;
        s_update = (delegate* unmanaged<byte*, byte*, nuint, int>)update;
        s_final = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)final;
        Sha256Provider.Use(Hash);
    }

    private static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var context = stackalloc byte[ContextBytes];
        fixed (byte* input = data)
        fixed (byte* output = digest)
        {
            var nothing = default(byte);
            var from = data.IsEmpty ? &nothing : input;
            s_init(context);
            if (data.Length <= ShortInput) s_updateShort(context, from, (nuint)data.Length);
            else s_update(context, from, (nuint)data.Length);
            s_final(output, context);
        }
    }
}
