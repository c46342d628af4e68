using System.Text.Json;

namespace Sluice.Server.Import;

/// <summary>Keeps an import's position beside its file. Losing it costs time only, so nothing that happens to it stops an import.</summary>
/// <param name="path">Null: nothing is kept.</param>
internal sealed class PositionFile(string? path, IImportOutput output)
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private bool _isUseless = path is null;

    public ImportPosition? Load()
    {
        if (path is null || !File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<ImportPosition>(File.ReadAllBytes(path), Spelling);
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            output.Say($"{path} cannot be read, so the import starts at the beginning; what is stored already is not doubled.");
            return null;
        }
    }

    /// <summary>Replaces what was kept, whole or not at all.</summary>
    public void Save(ImportPosition position)
    {
        if (_isUseless) return;
        try
        {
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(position, Spelling));
            File.Move(path + ".new", path!, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _isUseless = true;
            output.Say($"{path} cannot be written ({problem.Message}), so an interrupted import will start again at the beginning; that doubles nothing. --position FILE keeps it elsewhere.");
        }
    }

    public void Remove()
    {
        try
        {
            if (File.Exists(path)) File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            output.Say($"{path} cannot be removed: {problem.Message}");
        }
    }
}
