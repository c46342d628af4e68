using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Server.Apply;

/// <summary>The destinations that a file declares, in its order.</summary>
internal sealed record DestinationsFile(string Path, IReadOnlyList<DeclaredDestination> Destinations)
{
    private const string Shape = "The file has one member, destinations: a list of destinations.";

    /// <exception cref="ApplyException">The file cannot be used; it says everything that can be told.</exception>
    public static DestinationsFile Read(string path, TextReader text, References references)
    {
        var problems = new List<FileProblem>();
        try
        {
            var destinations = Entries(text, problems).Select(entry => new DeclarationReader(references, problems).Read(entry)).OfType<DeclaredDestination>().ToList();
            ReportDoubles(destinations, problems);
            return problems.Count == 0 ? new DestinationsFile(path, destinations) : throw ApplyException.Of(path, problems);
        }
        catch (YamlException error)
        {
            throw ApplyException.Of(path, [new FileProblem(FilePlace.Of(error.Start), $"This is not YAML: {error.Message}")]);
        }
    }

    private static IReadOnlyList<YamlNode> Entries(TextReader text, List<FileProblem> problems)
    {
        var stream = new YamlStream();
        stream.Load(text);
        if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
        {
            foreach (var key in root.Children.Keys.Where(key => key is not YamlScalarNode { Value: "destinations" })) problems.Add(new(FilePlace.Of(key.Start), $"There is no member {key}. {Shape}"));
            if (root.Children.TryGetValue("destinations", out var list) && list is YamlSequenceNode entries) return [.. entries.Children];
        }

        problems.Add(new(stream.Documents.Count > 0 ? FilePlace.Of(stream.Documents[^1].RootNode.Start) : new(1, 1), $"{Shape} An empty list is []."));
        return [];
    }

    private static void ReportDoubles(List<DeclaredDestination> destinations, List<FileProblem> problems)
    {
        foreach (var same in destinations.GroupBy(destination => (destination.TenantId, destination.Name)))
            problems.AddRange(same.Skip(1).Select(twice => new FileProblem(twice.PlaceOf("name"), $"{twice.Name} is there already, in line {same.First().Place.Line}: a name is given once in a tenant.")));
    }
}
