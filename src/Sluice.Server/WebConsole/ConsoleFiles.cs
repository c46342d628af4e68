using System.Reflection;

namespace Sluice.Server.WebConsole;

/// <summary>The console's files inside the program; each that is worth it stands there compressed too, under its name and <c>.br</c> or <c>.gz</c>.</summary>
internal static class ConsoleFiles
{
    private const string Root = "console/";

    private static readonly Assembly Program = typeof(ConsoleFiles).Assembly;

    /// <summary>False when the program was built where there was no Node.</summary>
    public static bool AreThere { get; } = Program.GetManifestResourceInfo(Root + "index.html") is not null;

    /// <returns>Null when there is no such file.</returns>
    public static Stream? Open(string name) => Program.GetManifestResourceStream(Root + name);

    public static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
