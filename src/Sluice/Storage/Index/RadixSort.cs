namespace Sluice.Storage.Index;

/// <summary>Sorts 64-bit words byte group by byte group: several times faster than comparing when there are many and they are hashes.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <param name="scratch">As long as the words; what it holds afterwards means nothing.</param>
    public static void Sort(Span<ulong> words, Span<ulong> scratch)
    {
        Span<int> counts = stackalloc int[Digits];
        var from = words;
        var to = scratch[..words.Length];
        var swapped = false;
        for (var shift = 0; shift < 64; shift += DigitBits)
        {
            if (!Count(from, shift, counts)) continue;
            foreach (var word in from) to[counts[(int)(word >> shift) & (Digits - 1)]++] = word;
            var other = from;
            from = to;
            to = other;
            swapped = !swapped;
        }

        if (swapped) from.CopyTo(words);
    }

    /// <summary>Counts the digit and turns counts into places; false when all words share it and a pass would move nothing.</summary>
    private static bool Count(Span<ulong> words, int shift, Span<int> counts)
    {
        counts.Clear();
        foreach (var word in words) counts[(int)(word >> shift) & (Digits - 1)]++;
        var total = 0;
        foreach (ref var count in counts)
        {
            if (count == words.Length) return false;
            var here = count;
            count = total;
            total += here;
        }

        return true;
    }
}
