using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Knows a browser by its cookie. Calls that may change something must show that they come from our own page.</summary>
internal sealed class SessionAuthentication(Sessions sessions)
{
    public const string CsrfHeader = "X-Sluice-CSRF";

    private static readonly object Key = new();

    /// <summary>The session that the request was made in; null for one with a key.</summary>
    public static Session? Of(HttpContext context) => context.Items[Key] as Session;

    /// <returns>Whose the session is, as far as its key still works; unknown without a session.</returns>
    public async ValueTask<KeyLookup> FindAsync(HttpContext context, string text)
    {
        var found = await sessions.FindAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (found.Session is null) return KeyLookup.Unknown;
        RequireOurPage(context.Request, text);
        context.Items[Key] = found.Session;
        return found.Holder;
    }

    private static void RequireOurPage(HttpRequest request, string text)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        if (!SessionText.IsCsrfToken(text, request.Headers[CsrfHeader]))
            throw new ApiProblem(403, "csrf", $"A call by session that may change something carries {CsrfHeader} with the csrf_token of GET /v1/session. Reload the page, or use an access key.");
    }
}
