using System.Text.RegularExpressions;
using Sluice.Delivery;
using Sluice.Destinations.CloudWatch;
using Sluice.Destinations.Elastic;
using Sluice.Destinations.Gcs;
using Sluice.Destinations.GoogleCloudLogging;
using Sluice.Destinations.Http;
using Sluice.Destinations.Otlp;
using Sluice.Destinations.S3;
using Sluice.Destinations.Splunk;
using Sluice.Tests.Destinations;

namespace Sluice.Tests.Documentation;

/// <summary>The page says of every status what every kind makes of it.</summary>
public sealed partial class OutcomePageTests
{
    private static readonly string Section = new Page("docs/api/destinations.md").Text.Split("## What happens when")[1].Split("\n## ")[0];

    private static readonly Dictionary<string, Func<HttpAnswer, DeliveryResult>> Readers = new()
    {
        ["webhook"] = HttpOutcome.Of,
        ["http"] = HttpOutcome.Of,
        ["datadog"] = HttpOutcome.Of,
        ["splunk"] = SplunkDestination.Read,
        ["elastic"] = answer => ElasticAnswer.Read(answer, 1),
        ["cloudwatch"] = CloudWatchAnswer.Failure,
        ["google_cloud_logging"] = answer => GoogleCloudLoggingAnswer.Read(answer, 1),
        ["otlp"] = answer => OtlpAnswer.Read(answer, 1),
        ["s3"] = answer => S3Outcome.Of(answer, onlyOnce: false),
        ["gcs"] = GcsOutcome.Of,
    };

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_status_means_what_the_page_says(string kind)
    {
        var expected = Statuses(row => !Readers.ContainsKey(row)).Concat(Statuses(row => row == kind)).GroupBy(one => one.Status).ToDictionary(one => one.Key, one => one.Last().Class);

        Assert.True(expected.Count > 25);
        Assert.All(expected, one => Assert.Equal((one.Key, one.Value), (one.Key, Outcomes.Name(Readers[kind](new HttpAnswer(one.Key, "", null, 0))))));
    }

    [Fact]
    public void The_page_has_every_kind_that_speaks_http()
    {
        var kinds = Sluice.Destinations.DestinationCatalogue.All.Where(kind => kind.Schema.Members.Any(member => member.Name == "compression")).Select(kind => kind.Name);

        Assert.Equal(kinds.Order(), Readers.Keys.Order());
    }

    /// <summary>Statuses with the class in the last cell, of the rows whose first name in code passes.</summary>
    private static IEnumerable<(int Status, string Class)> Statuses(Func<string, bool> isMeant) =>
        from line in Section.Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal) && isMeant(line.Split('`')[1])
        from status in Status().Matches(line)
        select (int.Parse(status.Groups[1].Value), line.Split('`')[^2]);

    [GeneratedRegex("`([0-9]{3})`")]
    private static partial Regex Status();
}
