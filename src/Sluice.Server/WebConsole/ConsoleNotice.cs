namespace Sluice.Server.WebConsole;

/// <summary>What a server answers that was built without the console.</summary>
internal static class ConsoleNotice
{
    public const string Page =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Sluice</title>
        <h1>Sluice is running, without its console</h1>
        <p>This program was built where Node 20.19 or newer was missing. Install Node with npm, build Sluice again, and the console is here.</p>
        <p>Everything else works: <a href="/openapi/v1.json">the API</a>, and <a href="/llms.txt">its pages</a>.</p>
        </html>
        """;
}
