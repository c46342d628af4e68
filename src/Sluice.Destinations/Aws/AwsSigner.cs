using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Destinations.Aws;

/// <summary>Signs requests to one service in one region with AWS Signature Version 4.</summary>
internal sealed class AwsSigner(AwsCredentials credentials, string region, string service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string S3 = "s3";
    private const string Date = "X-Amz-Date", BodyHash = "X-Amz-Content-Sha256", SessionToken = "X-Amz-Security-Token";

    private static readonly HashSet<string> AddedNames = new([Date, BodyHash, SessionToken], StringComparer.OrdinalIgnoreCase);

    /// <summary>The headers that sign a request: its date, what the service wants beside it, and <c>Authorization</c>.</summary>
    /// <param name="headers">Headers of the request that are signed beside <c>host</c> and those that are added here; they must be sent as they are.</param>
    /// <param name="body">As it is sent.</param>
    public IReadOnlyList<(string Name, string Value)> Sign(
        string method, Uri address, IEnumerable<(string Name, string Value)> headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var bodyHash = Convert.ToHexStringLower(SHA256.HashData(body));
        var added = Added(time, bodyHash);
        var request = new CanonicalRequest(method, address, [("host", address.Authority), .. headers, .. added], bodyHash, encodesPathTwice: service != S3);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var signature = Signature(scope, $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Text)))}");
        return [.. added, ("Authorization", $"{Algorithm} Credential={credentials.AccessKeyId.Reveal()}/{scope}, SignedHeaders={request.SignedHeaders}, Signature={signature}")];
    }

    /// <summary>Whether a header is one of those that signing may set.</summary>
    public static bool Adds(string name) => AddedNames.Contains(name);

    private List<(string Name, string Value)> Added(string time, string bodyHash)
    {
        var added = new List<(string, string)> { (Date, time) };
        if (service == S3) added.Add((BodyHash, bodyHash));
        if (credentials.SessionToken is { } token) added.Add((SessionToken, token.Reveal()));
        return added;
    }

    /// <summary>The key is made from the secret by one HMAC for each part of the scope.</summary>
    private string Signature(string scope, string text)
    {
        var key = Encoding.UTF8.GetBytes($"AWS4{credentials.SecretAccessKey.Reveal()}");
        foreach (var part in scope.Split('/')) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}
