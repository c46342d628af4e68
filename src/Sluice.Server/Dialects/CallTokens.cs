using Sluice.Query;
using Sluice.Server.Authentication;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects;

/// <summary>Reads the page tokens of one dialect's call back, from whom it gave them to.</summary>
internal static class CallTokens
{
    /// <param name="call">As its tokens name it.</param>
    /// <param name="parameter">Where the text was given.</param>
    public static PageToken Read(HttpContext context, PageTokens tokens, string text, string call, string parameter)
    {
        if (!tokens.TryRead(text, out var token) || token.Call != call) throw new ApiProblem(400, "invalid_page_token", $"'{parameter}' was not made by this call.") { Field = parameter };
        if (token.Wall != context.Caller().TenantId) throw new ApiProblem(403, "forbidden_tenant", $"'{parameter}' was made for another tenant's key.") { Field = parameter };
        return token;
    }
}
