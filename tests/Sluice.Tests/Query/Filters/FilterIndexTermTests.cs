using Sluice.Events;
using Sluice.Ledger;
using Sluice.Query.Filters;
using Sluice.Storage;

namespace Sluice.Tests.Query.Filters;

public sealed class FilterIndexTermTests
{
    [Fact]
    public void Equality_of_an_indexed_member_is_a_key()
    {
        Assert.Equal(Key(IndexKind.Actor, "a"), Compile("actor.id EQ \"a\""));
        Assert.Equal(Key(IndexKind.Action, "a"), Compile("action = \"a\" AND metadata.x = 1"));
    }

    [Fact]
    public void A_list_is_any_of_its_keys()
    {
        var any = Assert.IsType<IndexTerm.Any>(Compile("resource.id IN (\"a\",\"b\")"));

        Assert.Equal([Key(IndexKind.Resource, "a"), Key(IndexKind.Resource, "b")], any.Terms);
    }

    [Fact]
    public void An_id_with_its_tenant_is_one_key_and_without_is_asked_of_all()
    {
        var tenant = KeyHash.Of("t"u8);

        Assert.Equal(new IndexTerm.AnyTenantId("i"), Compile("id = \"i\""));
        var all = Assert.IsType<IndexTerm.All>(Compile("id = \"i\" AND tenant_id = \"t\""));
        Assert.Contains(new IndexTerm.Key(IndexKind.Id, KeyHash.OfId(tenant, "i"u8)), all.Terms);
        Assert.True(EventFilter.TryParse("id = \"i\"", out var filter, out _));
        Assert.Contains(new IndexTerm.Key(IndexKind.Id, KeyHash.OfId(tenant, "i"u8)), Assert.IsType<IndexTerm.All>(filter.ToIndexTerm("t")).Terms);
    }

    [Fact]
    public void Two_times_are_one_range() =>
        Assert.Equal(new IndexTerm.Time(1, 999_999_999), Compile("timestamp > \"1970-01-01T00:00:00Z\" AND timestamp < \"1970-01-01T00:00:01Z\""));

    [Fact]
    public void A_hash_is_a_key_by_its_first_bits()
    {
        var digest = Digest.Sha256("x"u8);

        Assert.Equal(new IndexTerm.Key(IndexKind.Digest, KeyHash.OfDigest(digest)), Compile($"integrity_hash = \"{EventHash.Text(digest)}\""));
    }

    [Theory]
    [InlineData("NOT action = \"a\"")]
    [InlineData("action NE \"a\"")]
    [InlineData("action PREFIX \"a\"")]
    [InlineData("action = \"a\" OR metadata.x = 1")]
    [InlineData("service = \"a\"")]
    [InlineData("metadata.x = 1 AND service = \"s\"")]
    public void What_no_key_can_answer_is_everything(string text) => Assert.Equal(IndexTerm.Everything.Instance, Compile(text));

    [Theory]
    [InlineData("sequence > 5 AND sequence <= \"9\"", 6, 10)]
    [InlineData("sequence >= 5.5 AND action = \"a\" AND (sequence < 8.5 AND id = \"x\")", 6, 9)]
    [InlineData("sequence = 5", 5, 6)]
    [InlineData("sequence IN (9, 3)", 3, 10)]
    [InlineData("sequence > 5 OR sequence < 3", 0, long.MaxValue)]
    [InlineData("NOT sequence > 5", 0, long.MaxValue)]
    public void Required_sequences_bound_the_walk(string text, long first, long end)
    {
        Assert.True(EventFilter.TryParse(text, out var filter, out _));
        Assert.Equal((first, end), filter.SequenceBounds());
    }

    private static IndexTerm Compile(string text)
    {
        Assert.True(EventFilter.TryParse(text, out var filter, out var problem), problem?.Message);
        return filter.ToIndexTerm();
    }

    private static IndexTerm.Key Key(IndexKind kind, string value) => new(kind, KeyHash.Of(System.Text.Encoding.UTF8.GetBytes(value)));
}
