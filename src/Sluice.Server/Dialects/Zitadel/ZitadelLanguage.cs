using Microsoft.Net.Http.Headers;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>The language of an answer's labels: of those that there are, the one that <c>Accept-Language</c> likes best, else English.</summary>
internal static class ZitadelLanguage
{
    public static ZitadelLabels Of(HttpContext context)
    {
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        var wanted = context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Where(language => language.Quality is not 0);
        foreach (var language in wanted)
        {
            if (Speaks(language.Value.Value, ZitadelLabels.German)) return Answered(context, ZitadelLabels.German);
            if (Speaks(language.Value.Value, ZitadelLabels.English)) break;
        }

        return Answered(context, ZitadelLabels.English);
    }

    private static ZitadelLabels Answered(HttpContext context, ZitadelLabels labels)
    {
        context.Response.Headers.ContentLanguage = labels.Language;
        return labels;
    }

    /// <summary><c>de</c>, and <c>de-CH</c> too.</summary>
    private static bool Speaks(string? tag, ZitadelLabels labels) => tag is not null && tag.Split('-')[0].Equals(labels.Language, StringComparison.OrdinalIgnoreCase);
}
