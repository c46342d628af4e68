namespace Sluice.Benchmarks.Reporting;

/// <summary>The figures of a run; each is told on standard error as soon as it is known.</summary>
internal sealed class Report
{
    private readonly List<Figure> _figures = [];

    public IReadOnlyList<Figure> Figures => _figures;

    public void Add(Figure figure)
    {
        _figures.Add(figure);
        Tell($"  {figure.Name}: {Quantity.Text(figure.Value)} {figure.Unit}");
    }

    public static void Tell(string line) => Console.Error.WriteLine(line);
}
