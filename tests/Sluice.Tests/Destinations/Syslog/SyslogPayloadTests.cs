using System.Buffers;
using System.Text;
using Sluice.Delivery;
using Sluice.Destinations.Syslog;
using Sluice.Ledger;
using Sluice.Profiles;
using Sluice.Storage;

namespace Sluice.Tests.Destinations.Syslog;

public sealed class SyslogPayloadTests
{
    private const string Vector =
        "175 <110>1 2026-01-01T00:00:00.123Z sluice-1 sluice 4711 user.login [sluice@32473 id=\"evt_1\" tenant=\"t1\" outcome=\"success\" actor=\"a\\\"b\\]c\"] \uFEFF{\"id\":\"evt_1\",\"action\":\"user.login\"}";

    [Fact]
    public void The_vector_holds() => Assert.Equal(Vector, Written(Body("2026-01-01T00:00:00.123000000Z")));

    [Theory]
    [InlineData("2026-01-01T00:00:00.000000000Z", "2026-01-01T00:00:00.000Z")]
    [InlineData("2026-01-01T00:00:00.123456789Z", "2026-01-01T00:00:00.123456Z")]
    [InlineData("2026-01-01T00:00:00.000000999Z", "2026-01-01T00:00:00.000Z")]
    public void Times_have_six_digits_at_most(string time, string written) => Assert.Contains($">1 {written} sluice-1 ", Written(Body(time)));

    [Theory]
    [InlineData("success", 6)]
    [InlineData("failure", 4)]
    [InlineData("denied", 4)]
    public void The_outcome_makes_the_severity(string outcome, int severity) =>
        Assert.Contains($"<{(4 * 8) + severity}>1 ", Written(Body(outcome: outcome), facility: 4));

    [Fact]
    public void What_a_field_cannot_hold_is_replaced_and_what_it_has_no_room_for_is_cut()
    {
        var written = Written(Body(action: "a.löng.action.that.nobody.cuts.at.a.dot", actor: "line\\nbreak"));

        Assert.Contains(" 4711 a.l_ng.action.that.nobody.cuts.a [", written);
        Assert.Contains("actor=\"line break\"", written);
    }

    [Fact]
    public void Lengths_count_bytes_and_messages_follow_each_other_without_anything_between()
    {
        var written = Encoding.UTF8.GetBytes(Written(Body(actor: "ü"), Body(actor: "😀")));

        var messages = new List<string>();
        for (var rest = written.AsSpan(); rest.Length > 0;)
        {
            var blank = rest.IndexOf((byte)' ');
            var length = int.Parse(Encoding.ASCII.GetString(rest[..blank]));
            messages.Add(Encoding.UTF8.GetString(rest.Slice(blank + 1, length)));
            rest = rest[(blank + 1 + length)..];
        }

        Assert.Equal(2, messages.Count);
        Assert.All(messages, message => Assert.EndsWith("\"user.login\"}", message));
    }

    private static string Written(params string[] bodies) => Written(13, bodies);

    private static string Written(string body, int facility) => Written(facility, [body]);

    private static string Written(int facility, string[] bodies)
    {
        using var events = new SpelledEvents();
        foreach (var body in bodies)
        {
            events.Page.Add(events.Count, 0, Digest.Sha256([]), Encoding.UTF8.GetBytes(body));
            events.TrySpellNext(new ShortProfile(), new BatchLimits(10, 10_000));
        }

        var output = new ArrayBufferWriter<byte>();
        new SyslogPayload(facility, "sluice-1", "sluice", "4711").Write(new EventBatch("siem_1", events, 0, bodies.Length, 0), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Body(string time = "2026-01-01T00:00:00.123000000Z", string outcome = "success", string action = "user.login", string actor = "a\\\"b]c") =>
        $$"""{"id":"evt_1","timestamp":"{{time}}","tenant_id":"t1","category":"access","action":"{{action}}","outcome":"{{outcome}}","actor":{"email":"x","id":"{{actor}}","type":"user"},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}""";

    private sealed class ShortProfile : IProfile
    {
        public string Name => "short";

        public void Write(in StoredEvent stored, LedgerParts shown, IBufferWriter<byte> output) => output.Write("""{"id":"evt_1","action":"user.login"}"""u8);
    }
}
