using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Lets a request reach its endpoint only with a key that may use it, and says which caller that is.</summary>
internal sealed class KeyAuthentication(RequestDelegate next, AccessKeys keys)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is { } required)
        {
            var caller = await AuthenticateAsync(context);
            Authorize(caller, required);
            context.SetCaller(caller);
        }

        await next(context);
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpContext context)
    {
        if (RequestKey.Of(context.Request) is not { Length: > 0 } text) throw Unauthorized(context, "Send an access key as X-API-Key, or as Authorization: Bearer.");
        var found = await keys.FindAsync(text, context.RequestAborted);
        return found.Verdict switch
        {
            KeyVerdict.Valid => found.Caller!,
            KeyVerdict.Expired => throw Unauthorized(context, "This access key has expired."),
            _ => throw Unauthorized(context, "This access key is not known here."),
        };
    }

    private static void Authorize(Caller caller, RequiredRole required)
    {
        if (required.InstanceOnly && !caller.IsInstance) throw Forbidden("This needs an instance key; the key used is for one tenant.");
        if (required.Role is { } role && !caller.May(role)) throw Forbidden($"This needs the role {RoleNames.Of(role)}; the key used is a {RoleNames.Of(caller.Role)}'s.");
    }

    private static ApiProblem Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"Sluice\"";
        return new ApiProblem(401, "unauthorized", detail);
    }

    private static ApiProblem Forbidden(string detail) => new(403, "forbidden", detail);
}
