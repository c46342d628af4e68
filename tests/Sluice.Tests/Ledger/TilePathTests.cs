using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("/tile/0/000", 0, 0, 256)]
    [InlineData("/tile/0/000.p/7", 0, 0, 7)]
    [InlineData("/tile/1/999", 1, 999, 256)]
    [InlineData("/tile/63/x001/000", 63, 1000, 256)]
    [InlineData("/tile/2/x001/x234/067.p/255", 2, 1234067, 255)]
    [InlineData("/tile/entries/000.p/7", -1, 0, 7)]
    [InlineData("/tile/entries/x273/001", -1, 273001, 256)]
    public void An_address_has_one_path(string path, int level, long number, int width)
    {
        Assert.True(TilePath.TryParse(path, out var address));
        Assert.Equal(new TileAddress(level, number, width), address);
        Assert.Equal(path, TilePath.Of(address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tile/")]
    [InlineData("/tile/0")]
    [InlineData("/tile/0/")]
    [InlineData("/tile//000")]
    [InlineData("tile/0/000")]
    [InlineData("/tiles/0/000")]
    [InlineData("/tile/00/000")]
    [InlineData("/tile/64/000")]
    [InlineData("/tile/-1/000")]
    [InlineData("/tile/+1/000")]
    [InlineData("/tile/Entries/000")]
    [InlineData("/tile/0/0")]
    [InlineData("/tile/0/0000")]
    [InlineData("/tile/0/001/000")]
    [InlineData("/tile/0/x000/001")]
    [InlineData("/tile/0/x001")]
    [InlineData("/tile/0/x001/x002")]
    [InlineData("/tile/0/X001/002")]
    [InlineData("/tile/0/x1/002")]
    [InlineData("/tile/0/000/")]
    [InlineData("/tile/0/000.p")]
    [InlineData("/tile/0/000.p/")]
    [InlineData("/tile/0/000.p/0")]
    [InlineData("/tile/0/000.p/07")]
    [InlineData("/tile/0/000.p/256")]
    [InlineData("/tile/0/000.p/7/")]
    [InlineData("/tile/0/000.p/7.p/7")]
    [InlineData("/tile/0/ 00")]
    [InlineData("/tile/0/-01")]
    [InlineData("/tile/0/٠٠٠")]
    [InlineData("/tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("/tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999")]
    public void Any_other_spelling_is_refused(string path) => Assert.False(TilePath.TryParse(path, out _));

    [Fact]
    public void Every_address_comes_back_from_its_path() =>
        Prop.ForAll(Addresses().ToArbitrary(), address => TilePath.TryParse(TilePath.Of(address), out var again) && again == address)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(70_000, 0, 273, 112)]
    [InlineData(70_000, 1, 1, 17)]
    [InlineData(70_000, 2, 0, 1)]
    [InlineData(70_000, 3, 0, 0)]
    [InlineData(70_000, -1, 273, 112)]
    [InlineData(70_000, 63, 0, 0)]
    [InlineData(256, 0, 1, 0)]
    [InlineData(256, 1, 0, 1)]
    [InlineData(0, 0, 0, 0)]
    public void A_size_says_which_tiles_there_are(long size, int level, long full, int partial)
    {
        Assert.Equal(full, TilePath.FullTiles(level, size));
        Assert.Equal(partial, TilePath.PartialWidth(level, size));
        Assert.Equal(full > 0, TilePath.Holds(size, new TileAddress(level, full - 1, 256)) && full > 0);
        Assert.False(TilePath.Holds(size, new TileAddress(level, full, 256)));
        Assert.False(TilePath.Holds(size, new TileAddress(level, full, partial + 1)));
        Assert.True(partial == 0 || TilePath.Holds(size, new TileAddress(level, full, partial)));
    }

    private static Gen<TileAddress> Addresses() =>
        from level in Gen.Choose(-1, 63)
        from digits in Gen.Choose(0, 16)
        from number in Gen.Choose(0, int.MaxValue)
        from more in Gen.Choose(0, int.MaxValue)
        from width in Gen.Choose(1, 256)
        select new TileAddress(level, (((long)number << 24) ^ more) % (long)Math.Pow(10, digits), width);
}
