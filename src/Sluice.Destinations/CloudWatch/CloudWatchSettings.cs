using System.ComponentModel;
using System.Text.RegularExpressions;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Aws;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.CloudWatch;

public sealed partial record CloudWatchSettings : HttpSettings
{
    private static readonly string[] Signed = ["Authorization", "Content-Type"];

    [Description("The access key of an IAM user that may `logs:CreateLogStream` and `logs:PutLogEvents`.")]
    public required Secret AccessKeyId { get; init; }

    [Description("Its secret.")]
    public required Secret SecretAccessKey { get; init; }

    [Description("The region that requests are signed for; read from the endpoint when absent.")]
    public string? Region { get; init; }

    [Description("The log group, which must exist; default `sluice`.")]
    public string LogGroup { get; init; } = "sluice";

    [Description("The log stream in it, made when it does not exist; default `sluice`.")]
    public string LogStream { get; init; } = "sluice";

    internal AwsCredentials Credentials => new(AccessKeyId, SecretAccessKey);

    /// <summary>Null when neither says it.</summary>
    internal string? UsedRegion => Region ?? (RegionInHost().Match(Endpoint.Address.Host) is { Success: true } match ? match.Groups[1].Value : null);

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        if (Compression != HttpCompression.None) throw DefinitionException.Value("compression", "CloudWatch takes no compressed requests: compression is none.");
        if (!Key().IsMatch(AccessKeyId.Reveal())) throw DefinitionException.Value("access_key_id", "access_key_id has letters and digits only.");
        if (SecretAccessKey.Reveal().Length == 0) throw DefinitionException.Value("secret_access_key", "secret_access_key must not be empty.");
        if (UsedRegion is null) throw new DefinitionException("missing_field", "region", "The endpoint is not of the form https://logs.<region>.amazonaws.com: give the region.");
        if (!Name().IsMatch(UsedRegion)) throw DefinitionException.Value("region", "region is a name such as eu-central-1.");
        if (!Group().IsMatch(LogGroup)) throw DefinitionException.Value("log_group", "log_group has 1 to 512 characters: letters, digits and _ - / . #");
        if (!Stream().IsMatch(LogStream)) throw DefinitionException.Value("log_stream", "log_stream has 1 to 512 characters, without : and *");
        CheckHeaders();
    }

    private void CheckHeaders()
    {
        if (Headers.All.FirstOrDefault(header => Signed.Contains(header.Name, StringComparer.OrdinalIgnoreCase) || header.Name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)) is { } header)
            throw DefinitionException.Value("headers", $"Header {header.Name} belongs to the signature.");
    }

    /// <summary>logs.eu-central-1.amazonaws.com, logs-fips.…, vpce-….logs.eu-central-1.vpce.amazonaws.com, logs.….api.aws and their like.</summary>
    [GeneratedRegex(@"(?:^|\.)logs(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|vpce\.amazonaws\.com|api\.aws|api\.amazonwebservices\.com\.cn)")]
    private static partial Regex RegionInHost();

    [GeneratedRegex("^[A-Za-z0-9]{1,128}\\z")]
    private static partial Regex Key();

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9_\-/.#]{1,512}\z")]
    private static partial Regex Group();

    [GeneratedRegex(@"^[^:*\p{C}]{1,512}\z")]
    private static partial Regex Stream();
}
