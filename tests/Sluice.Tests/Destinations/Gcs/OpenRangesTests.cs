using Sluice.Destinations.Gcs;

namespace Sluice.Tests.Destinations.Gcs;

public sealed class OpenRangesTests
{
    private readonly OpenRanges _ranges = new();

    [Fact]
    public void A_marker_waits_for_every_batch_before_it()
    {
        _ranges.Begin(0, 9);
        _ranges.Begin(10, 19);
        _ranges.Begin(20, 29);

        Assert.False(_ranges.End(10, 19));
        Assert.True(_ranges.End(0, 9));
        Assert.True(_ranges.End(20, 29));
    }

    [Fact]
    public void A_batch_that_was_split_is_over_when_its_parts_are()
    {
        _ranges.Begin(0, 9);
        _ranges.Begin(0, 4);
        Assert.True(_ranges.End(0, 4));
        _ranges.Begin(10, 19);
        Assert.False(_ranges.End(10, 19));
        Assert.True(_ranges.End(5, 9));
    }
}
