using YamlDotNet.Core;

namespace Sluice.Server.Apply;

/// <summary>Where something stands in the file, counted from 1.</summary>
internal readonly record struct FilePlace(long Line, long Column)
{
    public static FilePlace Of(Mark mark) => new(mark.Line, mark.Column);
}

/// <summary>Something in the file that its writer should see.</summary>
internal sealed record FileProblem(FilePlace Place, string Message)
{
    public string In(string file) => $"{file}:{Place.Line}:{Place.Column}: {Message}";
}
