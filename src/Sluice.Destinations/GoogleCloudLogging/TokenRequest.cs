using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Destinations.GoogleCloudLogging;

/// <summary>What asks for a token: RFC 7523, a JWT that the service account's key signs with RS256.</summary>
internal static class TokenRequest
{
    public const string Scope = "https://www.googleapis.com/auth/logging.write";

    private const string Grant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    public static string Sign(GoogleCloudLoggingSettings settings, DateTimeOffset now)
    {
        var claims = new JsonObject
        {
            ["iss"] = settings.ClientEmail,
            ["scope"] = Scope,
            ["aud"] = settings.TokenUri.Address.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        var content = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        using var key = ServiceAccountKey.Read(settings.PrivateKey);
        var signature = key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public static byte[] Body(string assertion) => Encoding.ASCII.GetBytes($"grant_type={Uri.EscapeDataString(Grant)}&assertion={assertion}");

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
