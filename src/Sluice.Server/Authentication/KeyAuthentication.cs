using Sluice.SelfAudit;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Lets a request reach its endpoint only with a key, or in a session, that may use it, and says which caller that is.</summary>
internal sealed class KeyAuthentication(RequestDelegate next, AccessKeys keys, SessionAuthentication sessions, KeyUse use, RateLimits limits, DormantKeys dormant)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallRule>() is { } rule && (!rule.IsOpen || (rule.TakesKey && ShowsWhoItIs(context.Request))))
        {
            var caller = await AuthenticateAsync(context);
            context.SetCaller(caller);
            Authorize(caller, rule);
            if (rule.Changes) ChangeOrigin.Current = CallOrigin.Of(context, caller);
            await context.RequireRateAsync(limits, RateKind.Requests, 1);
        }

        await next(context);
    }

    private static bool ShowsWhoItIs(HttpRequest request) => RequestKey.Of(request) is { Length: > 0 } || SessionCookie.Of(request) is not null;

    /// <summary>A key in a header goes before a cookie, which browsers send unasked.</summary>
    private ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        if (RequestKey.Of(context.Request) is { Length: > 0 } key) return SessionText.IsViewer(key) ? sessions.FindViewerAsync(context, key) : OfKeyAsync(context, key);
        if (SessionCookie.Of(context.Request) is { } text) return OfSessionAsync(context, text);
        throw KeyProblems.Unauthorized(context, "Send an access key as X-API-Key, or as Authorization: Bearer.");
    }

    private async ValueTask<Caller> OfKeyAsync(HttpContext context, string text)
    {
        var found = await keys.FindAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (context.Audited() is { } call) call.Shown = found.Key?.Caller;
        if (found.Verdict != KeyVerdict.Valid) throw KeyProblems.Of(context, found.Verdict);
        await NoteUseAsync(context, found.Key!);
        return found.Caller!;
    }

    private async ValueTask<Caller> OfSessionAsync(HttpContext context, string text)
    {
        var found = await sessions.FindAsync(context, text);
        if (found.Key.Key is { } key) await NoteUseAsync(context, key);
        return found.Holder!;
    }

    private ValueTask NoteUseAsync(HttpContext context, AccessKey key) => dormant.UsedAsync(context, key, use.Touch(key));

    private static void Authorize(Caller caller, CallRule rule)
    {
        if (caller.Viewer is not null && !rule.ForViewers) throw KeyProblems.Forbidden("A viewer token only reads its tenant's events and their proofs. Use an access key for this.");
        if (rule.InstanceOnly && !caller.IsInstance) throw KeyProblems.Forbidden($"This needs an instance key; {Used(caller)} for one tenant.");
        if (rule.Permission is { } permission && !caller.May(permission)) throw KeyProblems.Forbidden($"This needs {rule.Need}; {Used(caller)} {RoleNames.WithArticle(caller.Role)}.");
    }

    private static string Used(Caller caller) => caller.User is null ? "the key used is" : "your sign-in is";
}
