namespace Sluice.Benchmarks.Reporting;

/// <summary>The figures of a run; each is told on standard error as soon as it is known.</summary>
internal sealed class Report
{
    private readonly List<Figure> _figures;
    private readonly string _under;

    public Report()
        : this([], "")
    {
    }

    private Report(List<Figure> figures, string under) => (_figures, _under) = (figures, under);

    public IReadOnlyList<Figure> Figures => _figures;

    public void Add(Figure figure)
    {
        _figures.Add(figure with { Part = _under + figure.Part });
        Tell($"  {figure.Name}: {Quantity.Text(figure.Value)} {figure.Unit}");
    }

    /// <summary>The same report, with a word before the part's name of each figure that is added.</summary>
    public Report Under(string word) => new(_figures, $"{word} ");

    public static void Tell(string line) => Console.Error.WriteLine(line);
}
