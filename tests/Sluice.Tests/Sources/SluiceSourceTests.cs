using System.Text.Json;
using Sluice.Sources;
using Sluice.Tests.Sources.CloudTrail;

namespace Sluice.Tests.Sources;

/// <summary>Events that are Sluice's already.</summary>
public sealed class SluiceSourceTests
{
    [Fact]
    public void An_event_passes_as_it_stands()
    {
        const string Text = """{"id":"e1","tenant_id":"acme","metadata":{"n":1.50,"big":9007199254740993, "s":"\u00e9"}}""";

        Assert.Equal(Text, Mapped.Write(new SluiceSource("other"), Text).Text);
    }

    [Theory]
    [InlineData("""{"id":"e1"}""", "acme")]
    [InlineData("""{"id":"e1","tenant_id":null}""", "acme")]
    [InlineData("""{"id":"e1","tenant_id":"own"}""", "own")]
    public void A_tenant_is_filled_in_only_where_none_is_named(string record, string tenant) =>
        Assert.Equal(tenant, Event(record, "acme").At("tenant_id"));

    [Theory]
    [InlineData("""{"action":"a"}""")]
    [InlineData("""{"action":"a","id":null}""")]
    public void An_absent_id_is_made_of_text_and_place(string record)
    {
        var id = Event(record).At("id")!;

        Assert.Matches("^imp_[0-9a-f]{64}$", id);
        Assert.Equal(id, Event("  " + record + "\r").At("id"));
        Assert.NotEqual(id, Event(record, number: 2).At("id"));
        Assert.NotEqual(id, Event(record.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)).At("id"));
    }

    [Fact]
    public void An_export_s_proofs_and_checkpoint_are_left_out()
    {
        Assert.Equal("""{"id":"e1","sequence":1}""", Mapped.Write(new SluiceSource(null), """{"id":"e1","sequence":1,"proof":["x",["y"]]}""").Text);
        Assert.Equal(("", null), Mapped.Write(new SluiceSource(null), """{"checkpoint":"sluice.local/x\n1\n"}"""));
    }

    [Theory]
    [InlineData("nope", "invalid_json")]
    [InlineData("{\"id\":\"e1\"", "invalid_json")]
    [InlineData("{\"id\":\"e1\"} x", "invalid_json")]
    [InlineData("[{}]", "invalid_type")]
    [InlineData("7", "invalid_type")]
    public void What_is_no_event_is_refused_with_the_reason(string record, string code) => Assert.Equal(code, Mapped.Write(new SluiceSource(null), record).Refusal?.Code);

    private static JsonElement Event(string record, string? tenant = null, long number = 1)
    {
        var (text, refusal) = Mapped.Write(new SluiceSource(tenant), record, number);
        Assert.Null(refusal);
        return JsonDocument.Parse(text).RootElement;
    }
}
