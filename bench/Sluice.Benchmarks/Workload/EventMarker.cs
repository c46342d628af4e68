using System.Runtime.CompilerServices;

namespace Sluice.Benchmarks.Workload;

/// <summary>Finds events in any framing by their ids: <c>evt_</c>, eight random hex digits, eight of the index.</summary>
internal static class EventMarker
{
    private const int Length = 20;

    /// <summary>The index of the next event in <paramref name="text"/>, which is then shortened to what follows.</summary>
    public static bool TryNext(ref ReadOnlySpan<byte> text, out uint index)
    {
        while (true)
        {
            var at = text.IndexOf("evt_"u8);
            if (at < 0 || text.Length - at < Length)
            {
                index = 0;
                return false;
            }

            var digits = text.Slice(at + 12, 8);
            text = text[(at + Length)..];
            if (TryHex(digits, out index)) return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryHex(ReadOnlySpan<byte> digits, out uint value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var nibble = digit is >= (byte)'0' and <= (byte)'9' ? digit - '0' : digit is >= (byte)'a' and <= (byte)'f' ? digit - 'a' + 10 : -1;
            if (nibble < 0) return false;
            value = value << 4 | (uint)nibble;
        }

        return true;
    }
}
