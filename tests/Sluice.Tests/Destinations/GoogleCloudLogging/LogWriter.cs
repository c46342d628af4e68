using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Emulators;

namespace Sluice.Tests.Destinations.GoogleCloudLogging;

/// <summary>A service account with a key of its own that may write entries.</summary>
internal sealed class LogWriter
{
    public const string Email = "sluice@audit-project-1.iam.gserviceaccount.com";

    private readonly RSA _key = RSA.Create(2_048);

    public string PrivateKey => _key.ExportPkcs8PrivateKeyPem();

    public GoogleTokens Tokens(Func<DateTimeOffset> now) => new(Email, _key, "https://www.googleapis.com/auth/logging.write", now);

    public JsonObject Settings(string endpoint) => new()
    {
        ["provider"] = "google_cloud_logging",
        ["endpoint"] = endpoint,
        ["token_uri"] = new Uri(new Uri(endpoint), GoogleTokens.Path).ToString(),
        ["project_id"] = "audit-project-1",
        ["client_email"] = Email,
        ["private_key"] = PrivateKey,
        ["log_id"] = "audit/sluice",
    };
}
