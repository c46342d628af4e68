using System.Collections.Frozen;
using System.Text;

namespace Sluice.Server.Dialects.Zitadel;

/// <summary>What types of events and aggregates are called in one language. One that nobody has named is called by its own words.</summary>
internal sealed class ZitadelLabels
{
    private const string Resource = "Sluice.Zitadel.Labels";

    private static readonly IReadOnlyList<string[]> Lines = Read();

    private readonly FrozenDictionary<string, string> _names;

    private ZitadelLabels(string language, int column)
    {
        Language = language;
        _names = Lines.ToFrozenDictionary(line => line[0], line => line[column], StringComparer.Ordinal);
    }

    public static ZitadelLabels English { get; } = new("en", 1);

    public static ZitadelLabels German { get; } = new("de", 2);

    /// <summary>Types of events that have a name. Those have a dot, and those of aggregates have none.</summary>
    public static IEnumerable<string> EventTypes => Lines.Select(line => line[0]).Where(type => type.Contains('.', StringComparison.Ordinal));

    public static IEnumerable<string> AggregateTypes => Lines.Select(line => line[0]).Where(type => !type.Contains('.', StringComparison.Ordinal));

    public string Language { get; }

    public string Of(string type) => _names.TryGetValue(type, out var name) ? name : Words(type);

    private static string Words(string type)
    {
        var words = type.Replace('.', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? type : string.Concat(words[..1].ToUpperInvariant(), words[1..]);
    }

    private static List<string[]> Read()
    {
        using var stream = typeof(ZitadelLabels).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('|'))];
    }
}
