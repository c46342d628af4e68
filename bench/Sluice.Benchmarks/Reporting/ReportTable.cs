namespace Sluice.Benchmarks.Reporting;

/// <summary>The figures as a person reads them.</summary>
internal static class ReportTable
{
    private static readonly string[] Heads = ["", "measured", "", "target", "", "of baseline", "wanted", "baseline"];

    public static void Write(TextWriter output, Machine machine, IReadOnlyList<Figure> figures)
    {
        output.WriteLine(machine);
        output.WriteLine("Targets are for a quiet machine; the ratios are against baselines of this same run. ✓ reached, · not reached. Nothing here fails a build.");
        var rows = figures.Select(Cells).Prepend(Heads).ToList();
        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        output.WriteLine();
        WriteRow(output, Heads, widths);
        var part = "";
        for (var i = 0; i < figures.Count; i++)
        {
            if (figures[i].Part != part) output.WriteLine($"{Environment.NewLine}{part = figures[i].Part}");
            WriteRow(output, rows[i + 1], widths);
        }
    }

    private static string[] Cells(Figure figure) =>
    [
        $"  {figure.Name}",
        Quantity.Text(figure.Value),
        figure.Unit,
        figure.Target?.ToString() ?? "",
        figure.Target is { } target ? Mark(target.IsMetBy(figure.Value)) : "",
        figure.OfBaseline is { } ratio ? $"{Quantity.Text(ratio)} ×" : "",
        figure.Baseline?.Wanted is { } wanted ? $"≥ {Quantity.Text(wanted)} {Mark(figure.OfBaseline >= wanted)}" : "",
        figure.Baseline is { } baseline ? $"{baseline.Name}: {Quantity.Text(baseline.Value)}" : "",
    ];

    private static string Mark(bool isReached) => isReached ? "✓" : "·";

    private static void WriteRow(TextWriter output, string[] cells, int[] widths)
    {
        var padded = cells.Select((cell, column) => column is 1 or 3 or 5 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
        output.WriteLine(string.Join("  ", padded).TrimEnd());
    }
}
