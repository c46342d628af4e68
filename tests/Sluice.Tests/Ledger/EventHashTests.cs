using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class EventHashTests
{
    private const string Minimal = """{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw"}""";

    [Theory]
    [InlineData(Some.Event1, Some.Event1Digest, "40fe7fa2081ca00086f5cae8c119b4512aa4b208cd715f0d80c91832cff2a5ff")]
    [InlineData(Some.Event2, Some.Event2Digest, "8d5b64bff6bcbb189e087a7d2418dd64b3278af84225bace836900218063a853")]
    public void An_event_with_its_personal_members_has_the_known_digest(string json, string digest, string leaf)
    {
        var computed = Hash(json);

        Assert.Equal(digest, computed.ToHex());
        Assert.Equal(leaf, MerkleHash.Leaf(computed).ToHex());
        Assert.Equal("sha256:" + digest, EventHash.Text(computed));
    }

    [Theory]
    [InlineData(Some.Event1Canonical, Some.Event1Digest)]
    [InlineData(Some.Event2Canonical, Some.Event2Digest)]
    public void An_erased_event_has_the_same_digest(string canonical, string digest)
    {
        Assert.Equal(digest, Hash(canonical).ToHex());
        Assert.Equal(digest, Hash(canonical[..^1] + $$""","sequence":5,"integrity_hash":"sha256:{{digest}}","persisted_at":"x","proof":[]}""").ToHex());
    }

    [Fact]
    public void The_two_known_events_have_the_known_root() => Assert.Equal(
        "0ddf4fd4f21b3add2f72941a22e5e7d8c115a15a2ba2c0b17c4f7631388f57f3",
        Some.Tree([MerkleHash.Leaf(Hash(Some.Event1)), MerkleHash.Leaf(Hash(Some.Event2))]).Root().ToHex());

    [Fact]
    public void Order_spaces_and_escapes_do_not_matter() => Assert.Equal(
        Hash("""{"id":"a","actor":{"id":"1","name":"Zoë"},"user_agent":"u","salt":"EBESExQVFhcYGRobHB0eHw"}"""),
        Hash("""{ "s\u0061lt" : "EBESExQVFhcYGRobHB0eHw", "user_agent":"\u0075", "a\u0063tor":{"n\u0061me":"Zo\u00eb", "id":"1"} , "id":"a" }"""));

    [Theory]
    [InlineData("""{"id":"b","salt":"EBESExQVFhcYGRobHB0eHw"}""")]
    [InlineData("""{"id":"a","salt":"ABESExQVFhcYGRobHB0eHw"}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","source_ip":"1"}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","user_agent":"1"}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","actor":{}}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","actor":{"name":"x"}}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","actor":{"email":"x"}}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","metadata":{"personal":"x"}}""")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","metadata":[]}""")]
    public void Every_other_content_has_another_digest(string json) => Assert.NotEqual(Hash(Minimal), Hash(json));

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData(Minimal + "x", "JSON")]
    [InlineData("""{"id":"a"}""", "neither")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0eHw","personal":"sha256:00"}""", "both")]
    [InlineData("""{"id":"a","actor":{"name":"x"},"personal":"sha256:00"}""", "both")]
    [InlineData("""{"id":"a","salt":"EBESExQVFhcYGRobHB0e"}""", "salt")]
    [InlineData("""{"id":"a","salt":7}""", "salt")]
    [InlineData("""{"salt":"EBESExQVFhcYGRobHB0eHw","salt":"EBESExQVFhcYGRobHB0eHw"}""", "twice")]
    [InlineData("""{"id":"a","id":"a","salt":"EBESExQVFhcYGRobHB0eHw"}""", "twice")]
    [InlineData("""{"sequence":1,"sequence":1,"salt":"EBESExQVFhcYGRobHB0eHw"}""", "twice")]
    [InlineData("""{"source_ip":"1","source_ip":"1","salt":"EBESExQVFhcYGRobHB0eHw"}""", "twice")]
    [InlineData("""{"actor":{"name":"1"},"actor":{"name":"1"},"salt":"EBESExQVFhcYGRobHB0eHw"}""", "twice")]
    [InlineData("""{"sequence":-1,"salt":"EBESExQVFhcYGRobHB0eHw"}""", "sequence")]
    [InlineData("""{"integrity_hash":"sha256:00","salt":"EBESExQVFhcYGRobHB0eHw"}""", "integrity_hash")]
    [InlineData("""{"s\ud800xxxxxxxx":1,"salt":"EBESExQVFhcYGRobHB0eHw"}""", "surrogate")]
    [InlineData("""{"actor":{"na\ud800":1},"salt":"EBESExQVFhcYGRobHB0eHw"}""", "surrogate")]
    [InlineData("""{"metadata":{"n":9007199254740993},"salt":"EBESExQVFhcYGRobHB0eHw"}""", "number")]
    public void What_has_no_digest_says_why(string json, string reason)
    {
        Assert.False(EventHash.TryCompute(Some.Utf8(json), out _, out var problem));
        Assert.Contains(reason, problem);
    }

    [Fact]
    public void A_problem_leaves_nothing_behind_for_the_next_event()
    {
        var good = Hash(Some.Event1);
        for (var length = 0; length < Some.Event1.Length; length++)
            Assert.False(EventHash.TryCompute(Some.Utf8(Some.Event1[..length]), out _, out _));

        Assert.Equal(good, Hash(Some.Event1));
    }

    [Fact]
    public void Broken_texts_are_judged_without_exceptions()
    {
        var random = new Random(20260315);
        string[] pieces = ["\"", "{", "}", "[", "]", ",", ":", "\\ud800", "\\u0061", "\\", "1e999", "-", "null", "\"actor\":", "\"salt\":", "\"n\\ud800me\":1,"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = new System.Text.StringBuilder(round % 2 == 0 ? Some.Event1 : Some.Event1Canonical);
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(text.Length);
                text.Remove(at, random.Next(Math.Min(4, text.Length - at))).Insert(at, pieces[random.Next(pieces.Length)]);
            }
            var utf8 = Some.Utf8(text.ToString());
            if (random.Next(4) == 0)
                utf8[random.Next(utf8.Length)] = (byte)random.Next(256);

            Assert.Equal(EventHash.TryCompute(utf8, out _, out var problem), problem is null);
            if (Record.Exception(() => CanonicalJson.Canonicalize(utf8)) is { } exception)
                Assert.IsType<FormatException>(exception);
        }
    }

    [Fact]
    public void A_digest_costs_no_allocation()
    {
        var json = Some.Utf8(Some.Event1);
        for (var i = 0; i < 100; i++)
            EventHash.TryCompute(json, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            EventHash.TryCompute(json, out _, out _);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Invalid_utf8_is_refused()
    {
        var json = Some.Utf8(Minimal);
        json[7] = 0xff;

        Assert.False(EventHash.TryCompute(json, out _, out _));
    }

    [Theory]
    [InlineData("sha256:" + Some.Event1Digest, true)]
    [InlineData(Some.Event1Digest, false)]
    [InlineData("sha256:00", false)]
    public void A_hash_is_read_back_from_its_text(string text, bool valid)
    {
        Assert.Equal(valid, EventHash.TryParseText(text, out var digest));
        Assert.Equal(valid ? Some.Event1Digest : default(Digest).ToHex(), digest.ToHex());
    }

    private static Digest Hash(string json)
    {
        Assert.True(EventHash.TryCompute(Some.Utf8(json), out var digest, out var problem), problem);
        return digest;
    }
}
