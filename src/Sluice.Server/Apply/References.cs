using System.Text;

namespace Sluice.Server.Apply;

/// <summary>Fetches what stands in the file as <c>{env: NAME}</c> or <c>{file: path}</c>. What it returns is never shown.</summary>
/// <param name="folder">Where paths begin: the folder of the file that names them.</param>
internal sealed class References(string folder, Func<string, string?> environment)
{
    private const int Largest = 1024 * 1024;

    public const string Environment = "env", File = "file";

    public static bool IsKind(string? name) => name is Environment or File;

    /// <exception cref="FormatException">There is no such thing, or nothing in it.</exception>
    public string Fetch(string kind, string name)
    {
        var text = kind == Environment ? OfEnvironment(name) : OfFile(name);
        return text.Length > 0 ? text : throw new FormatException(kind == Environment ? $"the environment variable {name} is empty." : $"the file {name} is empty.");
    }

    private string OfEnvironment(string name) => (name.Length == 0 ? null : environment(name)) ?? throw new FormatException($"the environment variable {name} is not set.");

    /// <summary>Editors end a file with a line break that nobody means; one is taken off.</summary>
    private string OfFile(string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest }) throw new FormatException($"the file {path} is larger than 1 MiB.");
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(System.IO.File.ReadAllBytes(path)).TrimStart('\uFEFF');
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"the file {path} cannot be read: {Reason(error)}");
        }
    }

    private static string Reason(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is none.",
        DecoderFallbackException => "it is not UTF-8.",
        _ => error.Message,
    };
}
