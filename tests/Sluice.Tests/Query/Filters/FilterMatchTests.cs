using Sluice.Ledger;
using Sluice.Query.Filters;

namespace Sluice.Tests.Query.Filters;

public sealed class FilterMatchTests
{
    private const string Rich =
        "\"source_ip\":\"203.0.113.42\",\"api_call\":{\"http_status\":404,\"method\":\"POST\",\"started_at\":\"2026-03-15T08:42:17.000000000Z\"},"
        + "\"metadata\":{\"days\":365,\"text\":\"365\",\"word\":\"abc\",\"on\":true,\"nothing\":null,\"tags\":[\"red\",\"green\",7],\"none\":[],"
        + "\"deep\":{\"er\":{\"x\":1.5}},\"items\":[{\"sku\":\"a1\",\"n\":1},{\"n\":2}],\"quote\":\"a\\\"b\\n\\u00e9\",\"big\":9007199254740992,\"k.e y\":\"v\"},";

    [Theory]
    [InlineData("action EQ \"certificate.issue\"", true)]
    [InlineData("action EQ \"Certificate.issue\"", false)]
    [InlineData("action PREFIX \"certificate.\"", true)]
    [InlineData("action CONTAINS \"cate.is\"", true)]
    [InlineData("action GT \"certificate\" AND action LT \"certificate/\"", true)]
    [InlineData("action IN (\"a\",\"certificate.issue\")", true)]
    [InlineData("outcome NE \"success\"", false)]
    [InlineData("session_id NE \"s\"", true)]
    [InlineData("session_id EQ \"s\"", false)]
    [InlineData("session_id GE \"\"", false)]
    [InlineData("NOT session_id GE \"\"", true)]
    [InlineData("session_id IN (\"s\")", false)]
    [InlineData("outcome=\"failure\" OR outcome=\"success\" AND action=\"x\"", false)]
    [InlineData("action=\"certificate.issue\" OR outcome=\"failure\" AND action=\"x\"", true)]
    [InlineData("NOT outcome=\"failure\" AND outcome=\"success\"", true)]
    [InlineData("NOT (outcome=\"failure\" OR outcome=\"success\")", false)]
    public void Texts_compare_by_their_bytes_and_words_bind_as_usual(string filter, bool matches) => Check(filter, matches);

    [Theory]
    [InlineData("sequence = 4711", true)]
    [InlineData("sequence = \"4711\"", true)]
    [InlineData("sequence = 4711.0", true)]
    [InlineData("sequence > 999", true)]
    [InlineData("sequence > \"999\"", true)]
    [InlineData("sequence < 4711.5 AND sequence > 4710.5", true)]
    [InlineData("sequence IN (1, 4711)", true)]
    [InlineData("sequence NE 4711", false)]
    [InlineData("api_call.http_status GE 400", true)]
    [InlineData("api_call.http_status LT \"1000\"", true)]
    [InlineData("api_call.http_status = 4.04e2", true)]
    [InlineData("timestamp = \"2026-03-15T10:42:17.003+02:00\"", true)]
    [InlineData("timestamp > \"2026-03-15T08:42:17Z\"", true)]
    [InlineData("timestamp LE \"2026-03-15T08:42:17.002999999Z\"", false)]
    [InlineData("api_call.started_at = \"2026-03-15T08:42:17Z\"", true)]
    [InlineData("api_call.ended_at = \"2026-03-15T08:42:17Z\"", false)]
    [InlineData("persisted_at = \"2026-03-15T08:42:17.01Z\"", true)]
    [InlineData("persisted_at NE \"2026-03-15T08:42:17.01Z\"", false)]
    public void Numbers_and_times_compare_as_what_they_are_quoted_or_not(string filter, bool matches) => Check(filter, matches);

    [Theory]
    [InlineData("metadata.days = 365", true)]
    [InlineData("metadata.days = \"365\"", true)]
    [InlineData("metadata.days = \"3.65e2\"", true)]
    [InlineData("metadata.days GT \"99\"", true)]
    [InlineData("metadata.days = \"x\"", false)]
    [InlineData("metadata.days NE \"x\"", true)]
    [InlineData("metadata.days PREFIX \"36\"", false)]
    [InlineData("metadata.text = \"365\"", true)]
    [InlineData("metadata.text = \"365.0\"", false)]
    [InlineData("metadata.text = 365", false)]
    [InlineData("metadata.text NE 365", true)]
    [InlineData("metadata.text GT \"99\"", false)]
    [InlineData("metadata.on = true", true)]
    [InlineData("metadata.on NE FALSE", true)]
    [InlineData("metadata.on = \"true\"", false)]
    [InlineData("metadata.nothing = \"x\"", false)]
    [InlineData("metadata.nothing NE \"x\"", true)]
    [InlineData("metadata.missing NE \"x\"", true)]
    [InlineData("metadata.deep.er.x GE 1.5", true)]
    [InlineData("metadata.deep.er.y NE 1", true)]
    [InlineData("metadata.word.deeper NE 1", true)]
    [InlineData("metadata.word.deeper = 1", false)]
    [InlineData("metadata.deep NE \"x\"", true)]
    [InlineData("metadata.quote = \"a\\\"b\né\"", true)]
    [InlineData("metadata.quote CONTAINS \"\\\"b\"", true)]
    [InlineData("metadata.\"k.e y\" = \"v\"", true)]
    public void Metadata_compares_by_the_kind_that_it_has(string filter, bool matches) => Check(filter, matches);

    [Theory]
    [InlineData("metadata.tags = \"green\"", true)]
    [InlineData("metadata.tags = \"blue\"", false)]
    [InlineData("metadata.tags = \"7\"", true)]
    [InlineData("metadata.tags PREFIX \"gr\"", true)]
    [InlineData("metadata.tags NE \"red\"", true)]
    [InlineData("NOT metadata.tags = \"red\"", false)]
    [InlineData("metadata.none = \"red\"", false)]
    [InlineData("metadata.none NE \"red\"", false)]
    [InlineData("metadata.items.sku = \"a1\"", true)]
    [InlineData("metadata.items.sku NE \"a1\"", true)]
    [InlineData("metadata.items.n = 2", true)]
    public void An_array_matches_when_an_element_does(string filter, bool matches) => Check(filter, matches);

    [Theory]
    [InlineData("metadata.big = 9007199254740992", true)]
    [InlineData("metadata.big = 9007199254740993", false)]
    [InlineData("metadata.big NE 9007199254740993", true)]
    [InlineData("metadata.big LT 9007199254740993", true)]
    [InlineData("metadata.big GE 9007199254740993", false)]
    [InlineData("metadata.big LT 1e400", true)]
    [InlineData("metadata.big GT -1e400", true)]
    [InlineData("metadata.days GT 1e-400", true)]
    [InlineData("metadata.deep.er.x GT 1.49999999999999999999999", true)]
    [InlineData("metadata.deep.er.x = 1.50000000000000000000001", false)]
    public void A_number_that_no_double_holds_is_not_rounded(string filter, bool matches) => Check(filter, matches);

    [Fact]
    public void An_event_is_found_by_its_hash()
    {
        var stored = Stored.With(Rich);

        Assert.True(Parse($"integrity_hash EQ \"{EventHash.Text(stored.Digest)}\"").Matches(stored));
        Assert.False(Parse($"integrity_hash EQ \"{EventHash.Text(Digest.Sha256([1]))}\"").Matches(stored));
    }

    private static void Check(string filter, bool matches) => Assert.Equal(matches, Parse(filter).Matches(Stored.With(Rich)));

    private static EventFilter Parse(string text)
    {
        Assert.True(EventFilter.TryParse(text, out var filter, out var problem), problem?.Message);
        return filter;
    }
}
