using Sluice.SelfAudit;
using Sluice.Server.Errors;
using Sluice.Server.SelfAudit;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Lets a request reach its endpoint only with a key that may use it, and says which caller that is.</summary>
internal sealed class KeyAuthentication(RequestDelegate next, AccessKeys keys, KeyUse use, RateLimits limits, DormantKeys dormant)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<CallRule>() is { } rule && (!rule.IsOpen || (rule.TakesKey && HasKey(context))))
        {
            var caller = await AuthenticateAsync(context);
            context.SetCaller(caller);
            Authorize(caller, rule);
            if (rule.Changes) ChangeOrigin.Current = CallOrigin.Of(context, caller);
            await context.RequireRateAsync(limits, RateKind.Requests, 1);
        }

        await next(context);
    }

    private static bool HasKey(HttpContext context) => RequestKey.Of(context.Request) is { Length: > 0 };

    private async ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        if (RequestKey.Of(context.Request) is not { Length: > 0 } text) throw Unauthorized(context, "Send an access key as X-API-Key, or as Authorization: Bearer.");
        var found = await keys.FindAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (context.Audited() is { } call) call.Key = found.Key;
        if (found.Verdict == KeyVerdict.Valid) await NoteUseAsync(context, found.Key!);
        return found.Verdict switch
        {
            KeyVerdict.Valid => found.Caller!,
            KeyVerdict.Expired => throw Unauthorized(context, "This access key has expired."),
            KeyVerdict.WrongAddress => throw new ApiProblem(403, "forbidden_address", $"This access key may not be used from {context.Connection.RemoteIpAddress}."),
            KeyVerdict.NoTestTenant => throw new ApiProblem(403, "forbidden_tenant", "This is a test key, and its tenant is not marked as a test."),
            _ => throw Unauthorized(context, "This access key is not known here."),
        };
    }

    private ValueTask NoteUseAsync(HttpContext context, AccessKey key) => dormant.UsedAsync(context, key, use.Touch(key));

    private static void Authorize(Caller caller, CallRule rule)
    {
        if (rule.InstanceOnly && !caller.IsInstance) throw Forbidden("This needs an instance key; the key used is for one tenant.");
        if (rule.Permission is { } permission && !caller.May(permission)) throw Forbidden($"This needs {rule.Need}; the key used is {RoleNames.WithArticle(caller.Role)}.");
    }

    private static ApiProblem Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"Sluice\"";
        return new ApiProblem(401, "unauthorized", detail);
    }

    private static ApiProblem Forbidden(string detail) => new(403, "forbidden", detail);
}
