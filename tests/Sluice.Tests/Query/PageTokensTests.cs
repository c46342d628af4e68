using Sluice.Query;

namespace Sluice.Tests.Query;

public sealed class PageTokensTests
{
    private static readonly PageTokens Tokens = new(new byte[32]);
    private static readonly PageToken Sample = new("main", "t1", null, PageOrder.Ascending, 4711, "action EQ \"certificate.issue\" AND metadata.note CONTAINS \"ä\"");

    [Fact]
    public void A_token_comes_back_as_it_was()
    {
        foreach (var token in new[] { Sample, Sample with { Wall = null, Tenant = "ü", Order = PageOrder.Descending }, Sample with { Filter = "", Position = 0 }, Sample with { Call = "veza.export" }, Sample with { Call = "c", Timed = new TimedPosition(1, 2, long.MaxValue, 3) } })
        {
            Assert.True(Tokens.TryRead(Tokens.Write(token), out var read));
            Assert.Equal(token, read);
        }
    }

    [Fact]
    public void Tokens_of_the_events_own_call_are_what_they_were_before_others_had_any() =>
        Assert.Equal("AQEEbWFpbgEAAAAAAAAAAAAFgLBbSgbn921OWUbGts2-VQ", Tokens.Write(new PageToken("main", "", null, PageOrder.Ascending, 5, "")));

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var text = Tokens.Write(Sample with { Timed = new TimedPosition(1, 2, 3, 4) });
        for (var at = 0; at < text.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = text.ToCharArray();
                changed[at] ^= (char)(1 << bit);
                Assert.False(Tokens.TryRead(new string(changed), out _), $"bit {bit} of character {at}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("not a token")]
    [InlineData("====")]
    public void What_was_never_signed_is_no_token(string text) => Assert.False(Tokens.TryRead(text, out _));

    [Fact]
    public void A_shortened_or_lengthened_token_is_none()
    {
        var text = Tokens.Write(Sample);
        for (var length = 0; length < text.Length; length++) Assert.False(Tokens.TryRead(text[..length], out _));
        Assert.False(Tokens.TryRead(text + "A", out _));
        Assert.False(Tokens.TryRead(new string('A', 1 << 20), out _));
    }

    [Fact]
    public void Another_key_reads_nothing() => Assert.False(new PageTokens([1, .. new byte[31]]).TryRead(Tokens.Write(Sample), out _));

    [Fact]
    public void The_longest_filter_fits()
    {
        var filter = string.Concat(Enumerable.Range(0, 4096).Select(i => (char)('!' + i * 7919 % 90)));

        Assert.True(Tokens.TryRead(Tokens.Write(Sample with { Filter = filter }), out var read));
        Assert.Equal(filter, read.Filter);
    }
}
