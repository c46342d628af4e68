using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Benchmarks.Reporting;

/// <summary>The figures as a program reads them.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Default)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static void Write(string path, Machine machine, BenchmarkOptions options, IReadOnlyList<Figure> figures)
    {
        using var file = File.Create(path);
        JsonSerializer.Serialize(file, new { machine, events = options.Events, seed = options.Seed, figures }, Options);
    }
}
