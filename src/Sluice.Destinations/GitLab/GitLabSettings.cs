using System.ComponentModel;
using System.Text.Json.Nodes;
using Sluice.Delivery;
using Sluice.Delivery.Definitions;
using Sluice.Destinations.Http;

namespace Sluice.Destinations.GitLab;

/// <summary>A streaming destination as GitLab has them.</summary>
public sealed record GitLabSettings : HttpSettings, IUniqueSettings
{
    [Description("Sent with every event as `X-Gitlab-Event-Streaming-Token`: 16 to 24 characters, made when absent. Shown to admins; it never changes.")]
    public VerificationToken? VerificationToken { get; init; }

    [Description("The content type that is sent; default `application/x-www-form-urlencoded`, as GitLab's, although the body is JSON.")]
    public string ContentType { get; init; } = "application/x-www-form-urlencoded";

    internal override bool MayBePlain => true;

    protected override string? Warning => Endpoint.Address.Scheme == Uri.UriSchemeHttp
        ? "http:// sends events and the verification token in the clear: use https:// where the receiver can."
        : null;

    public override void Check(DeliverySettings delivery)
    {
        base.Check(delivery);
        if (ContentType.Length == 0 || !CustomHeader.IsValue(ContentType)) throw DefinitionException.Value("content_type", "content_type must be printable ASCII, such as application/json.");
        if (VerificationToken?.Reveal() is { } token && !IsToken(token))
            throw DefinitionException.Value("verification_token", $"verification_token has {VerificationToken.Shortest} to {VerificationToken.Longest} printable ASCII characters without blanks; without it one is made.");
    }

    public override void Complete(JsonObject members) => members["verification_token"] ??= VerificationToken.New().Whole();

    void IUniqueSettings.CheckBeside(IDestinationSettings other)
    {
        if (((GitLabSettings)other).VerificationToken!.Reveal() == VerificationToken!.Reveal())
            throw DefinitionException.Value("verification_token", "Another destination has this verification_token: choose another, or leave it out and one is made.");
    }

    private static bool IsToken(string text) =>
        text.Length is >= VerificationToken.Shortest and <= VerificationToken.Longest && text.All(c => c is > ' ' and <= '~');
}
