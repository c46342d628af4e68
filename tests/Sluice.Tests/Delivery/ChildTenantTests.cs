using System.Text;
using Sluice.Delivery.Definitions;
using Sluice.Ledger;
using Sluice.Storage;
using Sluice.Streams;
using Sluice.Tenants;
using Sluice.Testing;
using Sluice.Tests.Fakes;
using Sluice.Tests.Storage;

namespace Sluice.Tests.Delivery;

/// <summary>A group's destination gets what belongs to the group, and nothing of its neighbours.</summary>
public sealed class ChildTenantTests : IAsyncLifetime
{
    private readonly SqliteConfiguration _configuration = new();
    private AccessDirectory _directory = null!;
    private TenantRegistry _tenants = null!;

    public async ValueTask InitializeAsync()
    {
        _directory = new AccessDirectory(await _configuration.OpenAsync(), new ManualTime());
        _tenants = new TenantRegistry(_directory);
        foreach (var (tenant, parent) in new[] { ("subgroup", "group"), ("project", "subgroup"), ("other", "sibling") })
            await _tenants.ChangeAsync(tenant, its => its with { Parent = parent });
    }

    public ValueTask DisposeAsync() => _configuration.DisposeAsync();

    [Theory]
    [InlineData("group", true)]
    [InlineData("subgroup", true)]
    [InlineData("project", true)]
    [InlineData("sibling", false)]
    [InlineData("other", false)]
    [InlineData("grou", false)]
    [InlineData("group2", false)]
    public void It_passes_what_belongs_to_it(string tenant, bool passes)
    {
        Assert.Equal(passes, Filter("group").Passes(OfTenant(tenant)));
        Assert.Equal(tenant == "group", new StreamFilter("group", [], [], null).Passes(OfTenant(tenant)));
    }

    [Theory]
    [InlineData("group", "subgroup", "subgroup project")]
    [InlineData("group", "project", "project")]
    [InlineData("group", "subgroup other", "subgroup project")]
    [InlineData("group", "sibling", "")]
    [InlineData(null, "subgroup other", "subgroup project other")]
    public void Of_these_tenants_only_some_pass_with_what_belongs_to_them(string? tenant, string only, string passing)
    {
        var family = tenant is null ? null : new TenantFamily([tenant], _directory);
        var filter = new StreamFilter(tenant, [], [], null, family: family, only: new TenantFamily(only.Split(' '), _directory));

        string[] all = ["group", "subgroup", "project", "sibling", "other", "nobody"];
        Assert.Equal(passing, string.Join(' ', all.Where(one => filter.Passes(OfTenant(one)))));
        Assert.False(filter.PassesAll);
    }

    [Fact]
    public async Task Tenants_to_which_a_destination_is_narrowed_are_judged_and_count_as_a_filter()
    {
        await using var streams = await StreamHarness.StartAsync(new ScriptedDestination());

        var narrowed = await streams.CreateAsync("""{"provider":"scripted","only_tenants":["acme"],"force":true}""");
        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.UpdateAsync(narrowed.Definition.Id, """{"only_tenants":["acme",""],"force":true}"""));
        streams.Ledger.AppendMany(1);
        var silent = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync("""{"provider":"scripted","only_tenants":["nobody"]}"""));

        Assert.True(narrowed.Definition.IsFiltered);
        Assert.Equal(("invalid_value", "only_tenants[1]"), (refusal.Code, refusal.Field));
        Assert.Equal(("matches_nothing", "only_tenants"), (silent.Code, silent.Field));
    }

    [Fact]
    public async Task A_tenant_that_moves_is_followed()
    {
        var (from, to) = (Filter("subgroup"), Filter("sibling"));
        Assert.True(from.Passes(OfTenant("project")));

        await _tenants.ChangeAsync("project", its => its with { Parent = "sibling" });

        Assert.Equal((false, true), (from.Passes(OfTenant("project")), to.Passes(OfTenant("project"))));
    }

    [Fact]
    public async Task Only_a_tenants_destination_has_children()
    {
        await using var streams = await StreamHarness.StartAsync(new ScriptedDestination());

        var refusal = await Assert.ThrowsAsync<DefinitionException>(() => streams.CreateAsync("""{"provider":"scripted","include_children":true}"""));

        Assert.Equal("include_children", refusal.Field);
    }

    private static StoredEvent OfTenant(string tenant)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"id":"e","timestamp":"2026-03-15T08:42:17.003000000Z","tenant_id":"{{{tenant}}}","category":"x","action":"a.b","outcome":"success","actor":{"type":"user","id":"u"}}""");
        return new StoredEvent(0, 0, Digest.Sha256(body), body);
    }

    private StreamFilter Filter(string tenant) => new(tenant, [], [], null, family: new TenantFamily([tenant], _directory));
}
