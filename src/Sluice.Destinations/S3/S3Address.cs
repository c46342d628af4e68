namespace Sluice.Destinations.S3;

/// <summary>Where a bucket is, and how its objects' names travel.</summary>
internal static class S3Address
{
    private static readonly UriCreationOptions AsSigned = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>The object's URL, its path spelled exactly as it is signed.</summary>
    public static Uri Of(S3Settings settings, string name)
    {
        var path = Encode(IsInHost(settings) ? name : $"{settings.Bucket}/{name}");
        return Uri.TryCreate($"{Server(settings)}/{path}", AsSigned, out var address) ? address : throw new InvalidOperationException($"{path} makes no address.");
    }

    public static string Server(S3Settings settings)
    {
        if (settings.Endpoint is { } endpoint) return endpoint.Address.GetLeftPart(UriPartial.Authority);
        var region = settings.SigningRegion;
        var service = $"s3.{region}.{(region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com")}";
        return IsInHost(settings) ? $"https://{settings.Bucket}.{service}" : $"https://{service}";
    }

    /// <summary>Percent-encoded once, slashes kept: what S3 wants in the signature.</summary>
    public static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A certificate for <c>*.s3.…</c> covers one label, so a bucket with dots goes into the path; and compatible servers want it there.</summary>
    private static bool IsInHost(S3Settings settings) => settings.Endpoint is null && !settings.Bucket.Contains('.');
}
