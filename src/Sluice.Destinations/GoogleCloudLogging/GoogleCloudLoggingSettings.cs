using System.ComponentModel;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Google;
using Sluice.Destinations.Http;
using Sluice.Secrets;

namespace Sluice.Destinations.GoogleCloudLogging;

public sealed record GoogleCloudLoggingSettings : HttpClientSettings
{
    private const int LongestLogId = 511;

    [Description("Where the Logging API is; default `https://logging.googleapis.com`.")]
    public Endpoint Endpoint { get; init; } = Endpoint.Parse("https://logging.googleapis.com");

    [Description("Where tokens are fetched: `token_uri` of the key file; default `https://oauth2.googleapis.com/token`.")]
    public Endpoint TokenUri { get; init; } = Endpoint.Parse("https://oauth2.googleapis.com/token");

    [Description("The project that the log is in.")]
    public required string ProjectId { get; init; }

    [Description("The service account: `client_email` of its key file.")]
    public required string ClientEmail { get; init; }

    [Description("Its key: `private_key` of its key file, PEM.")]
    public required Secret PrivateKey { get; init; }

    [Description("The name of the log; default `sluice`.")]
    public string LogId { get; init; } = "sluice";

    /// <summary>As the API wants it, in one segment.</summary>
    internal string LogName => $"projects/{ProjectId}/logs/{Uri.EscapeDataString(LogId)}";

    internal override Endpoint Target => Endpoint;

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        CheckPlainHttp(TokenUri, "token_uri", delivery);
        if (!Has(ProjectId, 100, ".:-_")) throw DefinitionException.Value("project_id", "project_id is the id of a project, such as my-project-123.");
        if (!Has(ClientEmail, 256, ".-_@") || !ClientEmail.Contains('@')) throw DefinitionException.Value("client_email", "client_email is the service account's address, such as sluice@my-project-123.iam.gserviceaccount.com.");
        if (!Has(LogId, LongestLogId, "/_-.")) throw DefinitionException.Value("log_id", $"log_id has 1 to {LongestLogId} letters, digits and / _ - .");
        try
        {
            Key().OpenKey().Dispose();
        }
        catch (FormatException problem)
        {
            throw DefinitionException.Value("private_key", problem.Message);
        }
    }

    internal ServiceAccountKey Key() => new(ClientEmail, PrivateKey.Reveal(), null, TokenUri.Address.AbsoluteUri);

    private static bool Has(string text, int longest, string also) => text.Length > 0 && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || also.Contains(c));
}
