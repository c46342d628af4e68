namespace Sluice.Server.Configuration;

/// <summary>The viewer that other products show to their customers.</summary>
internal sealed record ViewerSettings
{
    private const string Name = "Viewer:AllowedOrigins";

    /// <summary>Origins of pages that may show it in a frame, such as <c>https://app.example.com</c>. Default none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    internal static ViewerSettings From(SettingsReader reader) => new() { AllowedOrigins = [.. reader.Texts(Name).Select(text => Checked(text, reader)).Distinct(StringComparer.Ordinal)] };

    /// <summary>It goes into a policy's text and a page as it is.</summary>
    private static string Checked(string text, SettingsReader reader)
    {
        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) && address is { UserInfo: "", PathAndQuery: "/", Fragment: "" };
        if (isAddress && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '/' or '[' or ']')) return address!.GetLeftPart(UriPartial.Authority);
        throw new SettingException($"Sluice:{Name}", text, "Use origins, for example https://app.example.com or http://localhost:3000: no path, and no wildcard.");
    }
}
