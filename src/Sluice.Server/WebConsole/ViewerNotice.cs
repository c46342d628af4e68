using System.Text.Encodings.Web;

namespace Sluice.Server.WebConsole;

/// <summary>What a site's frame shows in place of the viewer, for whoever is building that site.</summary>
internal static class ViewerNotice
{
    /// <param name="origin">Of the page around it; empty when it is not known.</param>
    public static string Of(string origin, string nonce)
    {
        var shown = HtmlEncoder.Default.Encode(origin.Length > 0 ? origin : "https://app.example.com");
        return $"""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Sluice</title>
            <style nonce="{nonce}">body {"{"} font: 14px/1.5 system-ui, sans-serif; margin: 24px; max-width: 64ch {"}"} h1 {"{"} font-size: 18px {"}"} pre {"{"} white-space: pre-wrap {"}"}</style>
            <h1>This page may not show the audit log</h1>
            <p>{(origin.Length > 0 ? $"Sluice does not let {shown} show its viewer." : "Sluice lets no other site show its viewer.")} Whoever operates Sluice allows it with the setting <code>Viewer:AllowedOrigins</code>, and a restart:</p>
            <pre>Sluice__Viewer__AllowedOrigins={shown}</pre>
            </html>
            """;
    }
}
