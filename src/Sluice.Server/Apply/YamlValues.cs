using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Server.Apply;

/// <summary>
/// One destination's values as JSON, with where each stands. Quoted scalars are strings; plain ones are what JSON takes them for (<c>null</c>, also <c>~</c>
/// and nothing; <c>true</c>, <c>false</c>, numbers), and otherwise strings. References are replaced by what they refer to.
/// </summary>
internal sealed partial class YamlValues(References references, List<FileProblem> problems)
{
    /// <summary>As deep as the API reads; an alias may hold itself.</summary>
    private const int Deepest = 31;

    /// <summary>Where members and elements of lists begin, by their paths as the API's errors spell them, such as <c>event_types[2]</c>.</summary>
    public Dictionary<string, FilePlace> Places { get; } = [];

    /// <summary>Strings that were written out, by their paths.</summary>
    public Dictionary<string, string> Written { get; } = [];

    /// <summary>What was referred to, by the paths.</summary>
    public Dictionary<string, string> Referred { get; } = [];

    /// <summary>Members in which something could not be read.</summary>
    public HashSet<string> Faulty { get; } = [];

    public JsonObject ReadMembers(YamlMappingNode node) => Members(node, "", 0);

    private JsonNode? Read(YamlNode node, string path, int depth)
    {
        if (depth > Deepest) return Problem(node, path, $"{path} is nested too deep.");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag != "tag:yaml.org,2002:str") return Problem(node, path, $"{path}: the tag {node.Tag} means nothing here. Leave it out; a secret is {{env: NAME}} or {{file: path}}.");
        return node switch
        {
            YamlMappingNode { Children: [var (key, value)] } when key is YamlScalarNode { Value: { } kind } && References.IsKind(kind) => Referenced(kind, value, path),
            YamlMappingNode mapping => Members(mapping, path + ".", depth),
            YamlSequenceNode sequence => Elements(sequence, path, depth),
            _ => Scalar((YamlScalarNode)node, path),
        };
    }

    private JsonObject Members(YamlMappingNode node, string prefix, int depth)
    {
        var members = new JsonObject();
        foreach (var (key, value) in node.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                Problem(key, prefix, "A member's name is a text.");
                continue;
            }

            Places[prefix + name] = FilePlace.Of(key.Start);
            members[name] = Read(value, prefix + name, depth + 1);
        }

        return members;
    }

    private JsonArray Elements(YamlSequenceNode node, string path, int depth)
    {
        var elements = new JsonArray();
        foreach (var child in node.Children)
        {
            var its = $"{path}[{elements.Count}]";
            Places[its] = FilePlace.Of(child.Start);
            elements.Add(Read(child, its, depth + 1));
        }

        return elements;
    }

    private JsonValue? Referenced(string kind, YamlNode value, string path)
    {
        if (value is not YamlScalarNode { Value: { } name }) return Problem(value, path, $"{path}: a reference is {{env: NAME}} or {{file: path}}.");
        try
        {
            Referred[path] = references.Fetch(kind, name);
            return JsonValue.Create(Referred[path]);
        }
        catch (FormatException error)
        {
            return Problem(value, path, $"{path}: {error.Message}");
        }
    }

    private JsonNode? Scalar(YamlScalarNode scalar, string path)
    {
        var text = scalar.Value ?? "";
        var isPlain = scalar.Style is ScalarStyle.Plain && scalar.Tag != "tag:yaml.org,2002:str";
        if (isPlain && text is "" or "~" or "null") return null;
        if (isPlain && (text is "true" or "false" || Number().IsMatch(text))) return JsonNode.Parse(text);
        Written[path] = text;
        return JsonValue.Create(text);
    }

    private JsonValue? Problem(YamlNode node, string path, string message)
    {
        Faulty.Add(MemberPath.First(path));
        problems.Add(new FileProblem(FilePlace.Of(node.Start), message));
        return null;
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
