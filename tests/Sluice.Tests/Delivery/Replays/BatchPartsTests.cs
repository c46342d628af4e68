using Sluice.Delivery.Replays;

namespace Sluice.Tests.Delivery.Replays;

public sealed class BatchPartsTests
{
    [Fact]
    public void A_refused_batch_falls_into_halves_that_leave_in_order()
    {
        var parts = new BatchParts(5);
        var order = new List<(int Start, int Count, int Attempts)>();
        while (parts.Next() is { } part)
        {
            order.Add((part.Start, part.Count, part.Attempts));
            if (part.Count > 1 && part.Start <= 3 && part.Start + part.Count > 3) parts.PutBackInHalves(part);
        }

        Assert.Equal([(0, 5, 1), (0, 2, 2), (2, 3, 2), (2, 1, 3), (3, 2, 3), (3, 1, 4), (4, 1, 4)], order);
    }

    [Fact]
    public void What_is_put_back_comes_next_and_counts_on()
    {
        var parts = new BatchParts(2);
        parts.PutBack(parts.Next()!);

        Assert.Equal(new BatchPart(0, 2, 2), parts.Next());
        Assert.Null(parts.Next());
    }
}
