using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Knows a browser by its cookie. Calls that may change something must show that they come from our own page.</summary>
internal sealed class SessionAuthentication(Sessions sessions)
{
    public const string CsrfHeader = "X-Sluice-CSRF";

    private static readonly object Key = new();

    /// <summary>The session that the request was made in; null for one with a key.</summary>
    public static Session? Of(HttpContext context) => context.Items[Key] as Session;

    /// <exception cref="ApiProblem">It has ended, its key does not work any more, or the call is not our page's.</exception>
    public async ValueTask<SessionLookup> FindAsync(HttpContext context, string text)
    {
        var found = await sessions.FindAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (context.Audited() is { } call) call.Shown = found.Holder;
        if (found.Key.Verdict == KeyVerdict.Unknown) throw KeyProblems.Unauthorized(context, "This session has ended. Sign in again.");
        RequireOurPage(context.Request, text);
        if (found.Key.Verdict != KeyVerdict.Valid) throw KeyProblems.Of(context, found.Key.Verdict);
        context.Items[Key] = found.Session;
        return found;
    }

    /// <summary>Who holds a viewer's token. No browser sends that unasked, so nothing shows where the call comes from.</summary>
    /// <exception cref="ApiProblem">It has ended, or its key does not work any more.</exception>
    public async ValueTask<Caller> FindViewerAsync(HttpContext context, string text)
    {
        var found = await sessions.FindViewerAsync(text, context.RequestAborted);
        if (context.Audited() is { } call) call.Shown = found.Holder;
        if (found.Key.Verdict != KeyVerdict.Valid) throw KeyProblems.Unauthorized(context, "This viewer token has ended, or the key that it was made with has. Make a new one with POST /v1/viewer-tokens.");
        context.Items[Key] = found.Session;
        return found.Holder!;
    }

    private static void RequireOurPage(HttpRequest request, string text)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return;
        if (!SessionText.IsCsrfToken(text, request.Headers[CsrfHeader]))
            throw new ApiProblem(403, "csrf", $"A call by session that may change something carries {CsrfHeader} with the csrf_token of GET /v1/session. Reload the page, or use an access key.");
    }
}
