using Sluice.Destinations;

namespace Sluice.Tests.Contracts;

/// <summary>No kind that speaks HTTP escapes the contract.</summary>
public sealed class EveryKindTests
{
    [Fact]
    public void Every_kind_that_speaks_http_has_its_contract()
    {
        var types = typeof(DestinationContract).Assembly.GetTypes();
        var fixtures = types.Where(type => type.IsSubclassOf(typeof(DestinationFixture))).Select(type => (DestinationFixture)Activator.CreateInstance(type)!);

        var kinds = DestinationCatalogue.All.Where(kind => kind.Schema.Members.Any(member => member.Name == "compression")).Select(kind => kind.Name);

        Assert.Equal(kinds.Order(), fixtures.Select(fixture => (string)fixture.Settings("http://127.0.0.1:1/")["provider"]!).Order());
        Assert.Equal(kinds.Count(), types.Count(type => type.IsSubclassOf(typeof(DestinationContract))));
    }
}
