using Sluice.Tenants;

namespace Sluice.Tests.Tenants;

public sealed class AccessKeyTextTests
{
    [Fact]
    public void Keys_are_well_formed_and_never_the_same()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => AccessKeyText.Create()).ToList();

        Assert.All(keys, key => Assert.Matches("^slc_live_[0-9A-Za-z]{38}$", key));
        Assert.All(keys, key => Assert.True(AccessKeyText.IsWellFormed(key)));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public void A_key_with_any_changed_character_is_not_well_formed()
    {
        var key = AccessKeyText.Create();
        for (var i = 0; i < key.Length; i++)
        {
            var changed = key.ToCharArray();
            changed[i] = changed[i] == 'x' ? 'y' : 'x';
            Assert.False(AccessKeyText.IsWellFormed(new string(changed)));
        }
    }

    /// <summary>Scanners for leaked keys rely on it: base62 of the CRC-32 of all characters before.</summary>
    [Fact]
    public void The_checksum_is_fixed() => Assert.True(AccessKeyText.IsWellFormed("slc_live_00000000000000000000000000000000452WO5"));
}
