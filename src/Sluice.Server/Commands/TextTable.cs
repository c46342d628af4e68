namespace Sluice.Server.Commands;

/// <summary>Aligned columns that scripts can cut: no borders, no wrapping, no colours.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, string[] headings, IReadOnlyList<string[]> rows)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(headings)) output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
