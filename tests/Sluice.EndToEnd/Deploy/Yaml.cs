using YamlDotNet.RepresentationModel;

namespace Sluice.EndToEnd.Deploy;

internal static class Yaml
{
    public static YamlMappingNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    public static YamlMappingNode Map(this YamlNode node, string name) => (YamlMappingNode)node[name];

    public static IEnumerable<YamlMappingNode> Maps(this YamlNode node, string name) => ((YamlSequenceNode)node[name]).Cast<YamlMappingNode>();

    public static IEnumerable<string> Names(this YamlMappingNode node) => node.Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    public static string Text(this YamlNode node, string name) => ((YamlScalarNode)node[name]).Value!;

    public static bool Has(this YamlMappingNode node, string name) => node.Children.ContainsKey(new YamlScalarNode(name));
}
