using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Ledger;

namespace Sluice.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_reference_text_has_the_known_spelling_and_hash()
    {
        var spelled = CanonicalJson.Canonicalize(Some.Utf8(
            """{"id":"evt_1","seq":7,"time":"2026-01-01T00:00:00.000Z","actor":{"id":"u1","name":"Zoë 😀"},"action":"user.login","ratio":0.1,"big":"9007199254740993","ctl":"a\u001f\n","tags":["b","a"],"n":null}"""));

        Assert.Equal(
            """{"action":"user.login","actor":{"id":"u1","name":"Zoë 😀"},"big":"9007199254740993","ctl":"a\u001f\n","id":"evt_1","n":null,"ratio":0.1,"seq":7,"tags":["b","a"],"time":"2026-01-01T00:00:00.000Z"}""",
            Encoding.UTF8.GetString(spelled));
        Assert.Equal("a433652454dda477c46aa0e2f1d946e83d53d585db419fb48a804aef8d563a86", Convert.ToHexStringLower(SHA256.HashData(spelled)));
        Assert.Equal("ad6cb019705faea4e1191fa6f8ee1a883d1308551fce15354aa158a8084ff257", MerkleHash.Leaf(spelled).ToHex());
    }

    [Fact]
    public void Members_stand_in_the_order_of_rfc_8785() => Assert.Equal(
        "{\"\\r\":1,\"1\":1,\"\u0080\":1,\"\u00f6\":1,\"\u20ac\":1,\"\U0001F600\":1,\"\ufb33\":1}",
        Spelled("""{"\u20ac":1,"\r":1,"\ufb33":1,"1":1,"\ud83d\ude00":1,"\u0080":1,"\u00f6":1}"""));

    [Theory]
    [InlineData("\"\\u0000\\u0008\\u0009\\u000a\\u000B\\u000c\\u000d\\u001F\\u0022\\u005c\\/\\u007f\\u2028\"", "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u007f\u2028\"")]
    [InlineData(" [ 1 , true , false , null , \"\" , { } , [ ] ] ", "[1,true,false,null,\"\",{},[]]")]
    [InlineData("{\"b\":{\"d\":1,\"c\":[{\"z\":0,\"a\":\"{\"}]},\"a\":\",\"}", "{\"a\":\",\",\"b\":{\"c\":[{\"a\":\"{\",\"z\":0}],\"d\":1}}")]
    [InlineData("{\"aa\":1,\"a\":2,\"\":3}", "{\"\":3,\"a\":2,\"aa\":1}")]
    public void Everything_has_one_spelling(string json, string canonical) => Assert.Equal(canonical, Spelled(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("1 2")]
    [InlineData("// c\n1")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("9007199254740993")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("{\"x\":[{\"a\":1,\"b\":2,\"a\":1}]}")]
    public void What_has_no_canonical_spelling_is_refused(string json) =>
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(Some.Utf8(json)));

    [Fact]
    public void Invalid_utf8_is_refused() => Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize([(byte)'"', 0xc0, 0xaf, (byte)'"']));

    [Fact]
    public void Depth_is_bounded()
    {
        var deepest = new string('[', 64) + new string(']', 64);

        Assert.Equal(deepest, Spelled(deepest));
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(Some.Utf8($"[{deepest}]")));
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(Some.Utf8(new string('[', 1_000_000))));
    }

    [Fact]
    public void Canonical_text_is_its_own_canonical_text() =>
        Prop.ForAll(Json(4).ToArbitrary(), json =>
        {
            var once = Spelled(json);
            return Spelled(once) == once;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Many_members_are_sorted_as_ordinal_strings()
    {
        var names = new List<string>();
        for (var i = 0; i < 3000; i++)
            names.Add(((i * 7919) % 3000).ToString(CultureInfo.InvariantCulture));
        var members = names.ConvertAll(name => $"\"{name}\":0");
        names.Sort(string.CompareOrdinal);

        Assert.Equal($"{{{string.Join(',', names.ConvertAll(name => $"\"{name}\":0"))}}}", Spelled($"{{{string.Join(',', members)}}}"));
    }

    [Fact]
    public void Names_compare_as_their_utf16_units() =>
        Prop.ForAll(Text().Two().ToArbitrary(), pair =>
        {
            var (a, b) = pair;
            return Math.Sign(CanonicalJson.CompareKeys(Some.Utf8(a), Some.Utf8(b))) == Math.Sign(string.CompareOrdinal(a, b));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_string_is_written_alike_into_a_span_and_a_buffer() =>
        Prop.ForAll(Text().ToArbitrary(), text =>
        {
            var utf8 = Some.Utf8(text);
            var span = new byte[CanonicalJson.MaxEscapedLength(utf8.Length)];
            var written = CanonicalJson.WriteString(utf8, span);
            var buffer = new ArrayBufferWriter<byte>();
            CanonicalJson.WriteString(utf8, buffer);
            return buffer.WrittenSpan.SequenceEqual(span.AsSpan(0, written))
                && System.Text.Json.JsonSerializer.Deserialize<string>(buffer.WrittenSpan) == text;
        }).QuickCheckThrowOnFailure();

    private static string Spelled(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Some.Utf8(json)));

    private static Gen<string> Text() =>
        Gen.Elements("a", "b", "\"", "\\", "\u0001", "\n", "é", "\u0800", "\ud7ff", "\ue000", "\ufb33", "\uffff", "\U00010000", "\U0001F600", "\U0010FFFF")
            .ArrayOf(4).Select(parts => string.Concat(parts));

    private static Gen<string> Json(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Choose(-1000, 1000).Select(n => n.ToString(CultureInfo.InvariantCulture)),
            Gen.Elements("true", "false", "null", "1.50", "1e-7", "1E21"),
            Text().Select(text => System.Text.Json.JsonSerializer.Serialize(text)));
        if (depth == 0)
            return leaf;

        var inner = Json(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.ArrayOf(3).Select(items => $"[{string.Join(", ", items)}]"),
            inner.ArrayOf(3).Select(items => $$"""{ "é" : {{items[0]}}, "😀":{{items[1]}},"a\n":{{items[2]}} }"""));
    }
}
