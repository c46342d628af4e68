using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Fakes;

/// <summary>A service account of Google with a key of its own.</summary>
internal static class ServiceAccount
{
    public const string Email = "writer@p.iam.gserviceaccount.com";

    public const string StorageScope = "https://www.googleapis.com/auth/devstorage.read_write";

    public static readonly RSA Key = RSA.Create(2_048);

    public static string Pem { get; } = Key.ExportPkcs8PrivateKeyPem();

    /// <summary>The key file.</summary>
    public static string Json(string tokenUri = "https://oauth2.googleapis.com/token") => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "p",
        ["private_key_id"] = "0123456789abcdef",
        ["private_key"] = Pem,
        ["client_email"] = Email,
        ["token_uri"] = tokenUri,
    }.ToJsonString();

    public static string Base64(string tokenUri = "https://oauth2.googleapis.com/token") => Convert.ToBase64String(Encoding.UTF8.GetBytes(Json(tokenUri)));

    public static GoogleTokens Tokens(string scope = StorageScope, Func<DateTimeOffset>? now = null) => new(Email, Key, scope, now);
}
