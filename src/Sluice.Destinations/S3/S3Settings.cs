using System.ComponentModel;
using System.Text.RegularExpressions;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;
using Sluice.Destinations.Objects;
using Sluice.Secrets;

namespace Sluice.Destinations.S3;

public enum S3Layout
{
    Batch,
    Gitlab,
}

public sealed partial record S3Settings : HttpClientSettings
{
    internal const string RegionOfCompatibleServers = "us-east-1";

    [Description("The id of the access key.")]
    public required Secret AccessKeyId { get; init; }

    [Description("The access key itself.")]
    public required Secret SecretAccessKey { get; init; }

    [Description("The bucket.")]
    public required string Bucket { get; init; }

    [Description("The bucket's region, such as `eu-central-1`. Required without `endpoint`; with one, default `us-east-1`.")]
    public string? Region { get; init; }

    [Description("Folders before every object's name, such as `audit/prod`; none by default.")]
    public string Prefix { get; init; } = "";

    [Description("`batch` (default): objects of many events, one a line. `gitlab`: an object for each event, named as GitLab names them.")]
    public S3Layout Layout { get; init; }

    [Description("A server that is compatible with S3, such as `https://minio.example.com:9000`; the bucket goes into the path. Amazon's own when absent.")]
    public Endpoint? Endpoint { get; init; }

    internal override Endpoint Target => Endpoint ?? Endpoint.Parse(S3Address.Server(this));

    internal string SigningRegion => Region ?? RegionOfCompatibleServers;

    public override void Check(DeliverySettings delivery)
    {
        CheckKey("access_key_id", AccessKeyId);
        CheckKey("secret_access_key", SecretAccessKey);
        // Bucket and region become part of a host's name.
        if (!(Endpoint is null ? BucketOfAmazon() : BucketOfOthers()).IsMatch(Bucket) || Bucket.Contains("..", StringComparison.Ordinal))
            throw DefinitionException.Value("bucket", "bucket has 3 to 63 lower-case letters, digits, dots and hyphens; it is the name alone, without s3:// or a region.");
        if (Region is null && Endpoint is null) throw DefinitionException.Missing("region");
        if (Region is not null && !RegionName().IsMatch(Region)) throw DefinitionException.Value("region", "region is a name such as eu-central-1.");
        ObjectPrefix.Check(Prefix);
        if (Endpoint is { } endpoint && (endpoint.HasPath || endpoint.UserInfo is not null))
            throw DefinitionException.Value("endpoint", "endpoint is the server alone, such as https://minio.example.com:9000: bucket and prefix have members of their own.");
        base.Check(delivery);
    }

    private static void CheckKey(string field, Secret key)
    {
        if (key.Reveal() is not { Length: > 0 and <= 256 } text || text.Any(c => c is <= ' ' or > '~')) throw DefinitionException.Value(field, $"{field} is printable ASCII without blanks.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\z", RegexOptions.NonBacktracking)]
    private static partial Regex BucketOfAmazon();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]\\z", RegexOptions.NonBacktracking)]
    private static partial Regex BucketOfOthers();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,31}\\z", RegexOptions.NonBacktracking)]
    private static partial Regex RegionName();
}
