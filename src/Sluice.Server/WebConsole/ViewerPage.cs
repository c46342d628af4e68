using Microsoft.Net.Http.Headers;
using Sluice.Server.Configuration;

namespace Sluice.Server.WebConsole;

/// <summary>The page that other products show in a frame: only those of <see cref="ViewerSettings.AllowedOrigins"/>, and to all others it says so.</summary>
internal static class ViewerPage
{
    public const string Path = "/viewer", Script = "/viewer.js";

    private const string OriginsPlaceholder = "__ORIGINS__";

    private static readonly string Page = ConsolePage.Read("viewer.html");

    public static Task WriteAsync(HttpContext context, SluiceSettings settings)
    {
        var origins = settings.Viewer.AllowedOrigins;
        context.Response.Headers.CacheControl = "no-store";
        var nonce = ConsolePage.Nonce();
        if (IsFramed(context.Request) && RefusedOrigin(context.Request, origins) is { } refused)
        {
            SecurityHeaders.SetForNotice(context.Response, nonce);
            return ConsolePage.WriteAsync(context, ViewerNotice.Of(refused, nonce));
        }

        SecurityHeaders.SetForViewer(context.Response, nonce, origins);
        return ConsolePage.WriteAsync(context, Page.Replace(ConsolePage.Placeholder, nonce, StringComparison.Ordinal).Replace(OriginsPlaceholder, string.Join(' ', origins), StringComparison.Ordinal));
    }

    /// <summary>Browsers say what a page is for. This decides about words only: who may show the viewer is the policy's.</summary>
    private static bool IsFramed(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString() is "iframe" or "frame" or "embed" or "object" or "fencedframe";

    /// <returns>Null when the page around it is allowed, or does not say which it is while some are.</returns>
    private static string? RefusedOrigin(HttpRequest request, IReadOnlyList<string> allowed)
    {
        var around = Uri.TryCreate(request.Headers[HeaderNames.Referer], UriKind.Absolute, out var page) ? page.GetLeftPart(UriPartial.Authority) : null;
        if (around is null) return allowed.Count == 0 ? "" : null;
        return allowed.Contains(around, StringComparer.OrdinalIgnoreCase) ? null : around;
    }
}
