using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Lets a request reach its endpoint only with a key that may use it, and says which caller that is.</summary>
internal sealed class KeyAuthentication(RequestDelegate next, AccessKeys keys)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is not { } required) return next(context);
        var caller = Authenticate(context);
        Authorize(caller, required);
        context.SetCaller(caller);
        return next(context);
    }

    private Caller Authenticate(HttpContext context)
    {
        if (RequestKey.Of(context.Request) is not { Length: > 0 } text) throw Unauthorized(context, "Send an access key as X-API-Key, or as Authorization: Bearer.");
        return keys.Find(text, out var caller) switch
        {
            KeyVerdict.Valid => caller!,
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
