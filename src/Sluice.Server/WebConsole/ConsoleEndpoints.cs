namespace Sluice.Server.WebConsole;

/// <summary>The web console. Its paths are the browser's: the server answers each of them with the same page.</summary>
internal static class ConsoleEndpoints
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly string[] Paths =
    [
        "/", "/sign-in", "/events", "/events/{id}", "/destinations", "/destinations/{id}", "/destinations/{id}/edit", "/integrity", "/access", "/nodes", "/settings", "/catalogue",

        // Where other products' documents say that destinations are.
        "/settings/audit/siem", "/admin/monitoring/audit-events/streams", "/admin/integrations/siem-export",
    ];

    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder app)
    {
        foreach (var path in Paths) app.MapMethods(path, Reading, ConsolePage.WriteAsync).ExcludeFromDescription();
        app.MapMethods("/assets/{file}", Reading, (HttpContext context, string file) => ConsoleAsset.WriteAsync(context, "assets/" + file, ForEver)).ExcludeFromDescription();
        foreach (var name in new[] { "favicon.svg", "theme.js" })
            app.MapMethods("/" + name, Reading, context => ConsoleAsset.WriteAsync(context, name, AskAgain)).ExcludeFromDescription();
        return app;
    }

    /// <summary>What other products show to their customers: its page, and the script that puts that into theirs.</summary>
    public static IEndpointRouteBuilder MapViewer(this IEndpointRouteBuilder app)
    {
        app.MapMethods(ViewerPage.Path, Reading, ViewerPage.WriteAsync).ExcludeFromDescription();
        app.MapMethods(ViewerPage.Script, Reading, context => ConsoleAsset.WriteAsync(context, "viewer.js", AskAgain, isForOthers: true)).ExcludeFromDescription();
        return app;
    }
}
