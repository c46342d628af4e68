namespace Sluice.Destinations.S3;

/// <summary>Where a bucket is, and how its objects' names travel.</summary>
internal static class S3Address
{
    private static readonly UriCreationOptions AsSigned = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The object's URL, its path spelled exactly as it is signed.</summary>
    public static Uri Of(S3Settings settings, string name)
    {
        var server = Server(settings, out var hasBucket);
        var path = Encode(hasBucket ? name : $"{settings.Bucket}/{name}");
        return Uri.TryCreate($"{server}/{path}", AsSigned, out var address) ? address : throw new InvalidOperationException($"{server} is no address.");
    }

    /// <summary>Percent-encoded once, slashes kept: what S3 wants in the signature.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Server(S3Settings settings, out bool hasBucket)
    {
        hasBucket = false;
        if (settings.Endpoint is { } endpoint) return endpoint.Address.GetLeftPart(UriPartial.Authority);
        var region = settings.SigningRegion;
        var service = $"s3.{region}.{(region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com")}";
        // A certificate for *.s3.… covers one label.
        hasBucket = !settings.Bucket.Contains('.');
        return hasBucket ? $"https://{settings.Bucket}.{service}" : $"https://{service}";
    }
}
