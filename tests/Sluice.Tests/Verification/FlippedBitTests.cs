using Xunit.Sdk;

namespace Sluice.Tests.Verification;

public sealed class FlippedBitTests
{
    private const int Flips = 400;

    /// <summary>
    /// A bit anywhere in a segment: either the verdict says that something is wrong, or it lay where nothing is kept, and every event
    /// reads back as it was. Only persisted_at is in no hash: of it, the verdict knows the order.
    /// </summary>
    [Fact]
    public async Task A_flipped_bit_is_found_or_changes_no_event()
    {
        using var folder = await LedgerFolder.WithAsync(150, 150, 150);
        var original = File.ReadAllBytes(folder.Segment);
        var events = folder.Events();
        var random = new Random(20260315);
        var (found, named, harmless, times) = (0, 0, 0, 0);
        for (var i = 0; i < Flips; i++)
        {
            var (at, bit) = (random.Next(original.Length), random.Next(8));
            folder.Flip(at, bit, original);
            var verdict = await folder.VerdictAsync();
            if (verdict.Fault is { } fault)
            {
                found++;
                Assert.True(fault.First is >= 0 and <= 450, $"Bit {bit} of byte {at}: {fault}");
                if (fault.First == fault.Last) named++;
                continue;
            }

            var read = folder.Events();
            var inOrder = read.Select(e => e with { PersistedAt = 0 });
            if (!inOrder.SequenceEqual(events.Select(e => e with { PersistedAt = 0 })) || !folder.EventsOneByOne(450).SequenceEqual(read))
                throw new XunitException($"Bit {bit} of byte {at} changed an event, and the verdict is clean.");
            if (read.SequenceEqual(events)) harmless++;
            else times++;
        }

        Assert.True(named > Flips / 2, $"{found} found, {named} of them as one event; {harmless} harmless, {times} times.");
        Assert.InRange(times, 0, 5);
    }
}
