using Sluice.Server.Errors;

namespace Sluice.Server.Documentation;

/// <summary>The pages of <c>docs/</c> as the program was built with them, for people and for machines: <c>/llms.txt</c> lists them.</summary>
internal static class DocumentationEndpoints
{
    private const string Root = "docs/";

    public static IEndpointRouteBuilder MapDocumentation(this IEndpointRouteBuilder app)
    {
        app.MapGet("/llms.txt", () => Page("llms.txt", "text/plain; charset=utf-8")).ExcludeFromDescription();
        app.MapGet("/docs/{**page}", (string page) => Page(page, "text/markdown; charset=utf-8")).ExcludeFromDescription();
        return app;
    }

    private static IResult Page(string path, string contentType) =>
        typeof(DocumentationEndpoints).Assembly.GetManifestResourceStream(Root + path) is { } page ? Results.Stream(page, contentType) : throw ApiProblem.NotFound("such page; /llms.txt lists them");
}
