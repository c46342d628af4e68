using Sluice.Tests.Sources.CloudTrail;

namespace Sluice.Tests.Sources;

/// <summary>The sample that the README's tour imports.</summary>
public sealed class SampleEventsTests
{
    [Fact]
    public void Every_event_is_accepted_and_shows_what_there_is()
    {
        using var request = Some.Parse(File.ReadAllText(Path.Combine(RealRecords.Repository.FullName, "docs", "samples", "events.ndjson")), lines: true);

        Assert.Empty(request.Rejected);
        Assert.Equal(30, request.Accepted.Count);
        var bodies = Enumerable.Range(0, 30).Select(index => Some.BodyOf(request.Accepted, index)).ToList();
        Assert.All(["\"acme\"", "\"globex\"", "\"success\"", "\"failure\"", "\"denied\""], text => Assert.Contains(bodies, body => body.Contains(text, StringComparison.Ordinal)));
        Assert.All(bodies, body => Assert.DoesNotContain("\"uncatalogued\"", body, StringComparison.Ordinal));
    }
}
