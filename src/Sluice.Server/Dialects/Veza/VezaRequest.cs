using Sluice.Query;
using Sluice.Server.Endpoints;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects.Veza;

/// <summary>The parameters that both of Veza's calls have.</summary>
/// <param name="Token">Null for the first page.</param>
/// <param name="TokenName">The parameter that brought it.</param>
internal sealed record VezaRequest(int Size, string? Token, string TokenName, string? Filter, string? Tenant)
{
    private const int LargestPage = 10_000;

    /// <summary>The document calls the token by both names; either will do.</summary>
    private const string Token1 = "page_token", Token2 = "next_page_token";

    public static VezaRequest Of(HttpRequest request)
    {
        var parameters = new QueryParameters(request, "filter", "page_size", Token1, Token2, "tenant_id");
        var size = parameters.Number("page_size", 1, LargestPage)
            ?? throw new ApiProblem(400, "missing_parameter", $"'page_size' is required: a whole number from 1 to {LargestPage}.") { Field = "page_size" };
        var (first, second) = (parameters.Text(Token1), parameters.Text(Token2));
        if (first is not null && second is not null && first != second) throw QueryParameters.Invalid(Token2, $"differs from '{Token1}'; they are two names of the same thing, so send one");
        return new VezaRequest((int)size, first ?? second, first is null ? Token2 : Token1, parameters.Text("filter"), parameters.Text("tenant_id"));
    }

    /// <summary>What the token that was brought says, if there was one.</summary>
    public PageToken? ReadToken(HttpContext context, PageTokens tokens, string call)
    {
        if (Token is null) return null;
        var token = CallTokens.Read(context, tokens, Token, call, TokenName);
        if (Tenant is not null && Tenant != token.Tenant) throw QueryParameters.Invalid("tenant_id", "differs from that of the page token. Leave it out, or begin anew without the token");
        return token;
    }
}
