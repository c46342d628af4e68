using Sluice.Server.Dialects.GitLab;
using Sluice.Server.Dialects.Veza;
using Sluice.Server.Dialects.Zitadel;
using Sluice.Server.Errors;

namespace Sluice.Server.Dialects;

/// <summary>Which errors each path has: a dialect's, or Sluice's own.</summary>
internal static class ErrorSpellings
{
    /// <summary>The dialects that spell errors their own way. Adding one means adding a line here.</summary>
    private static readonly IErrorSpelling[] Dialects =
    [
        new GitLabErrors(),
        new VezaErrors(),
        new ZitadelErrors(),
    ];

    private static readonly ProblemSpelling Own = new();

    public static IErrorSpelling Of(PathString path)
    {
        foreach (var spelling in Dialects)
        {
            if (path.StartsWithSegments(spelling.Prefix)) return spelling;
        }

        return Own;
    }
}
