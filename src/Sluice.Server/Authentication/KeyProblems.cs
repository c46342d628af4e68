using Sluice.Server.Errors;
using Sluice.Tenants;

namespace Sluice.Server.Authentication;

/// <summary>Why a key does not open a call.</summary>
internal static class KeyProblems
{
    public static ApiProblem Of(HttpContext context, KeyVerdict verdict) => verdict switch
    {
        KeyVerdict.Expired => Unauthorized(context, "This access key has expired."),
        KeyVerdict.WrongAddress => new ApiProblem(403, "forbidden_address", $"This access key may not be used from {context.Connection.RemoteIpAddress}."),
        KeyVerdict.NoTestTenant => new ApiProblem(403, "forbidden_tenant", "This is a test key, and its tenant is not marked as a test."),
        _ => Unauthorized(context, "This access key is not known here."),
    };

    public static ApiProblem Unauthorized(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"Sluice\"";
        return new ApiProblem(401, "unauthorized", detail);
    }

    public static ApiProblem Forbidden(string detail) => new(403, "forbidden", detail);
}
