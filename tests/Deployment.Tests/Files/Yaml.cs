using YamlDotNet.RepresentationModel;

namespace Deployment.Tests.Files;

/// <summary>Reads YAML.</summary>
internal static class Yaml
{
    public static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read(file)));
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    /// <summary>The node at a path such as <c>services.api.host</c>, or null.</summary>
    public static YamlNode? At(this YamlNode node, string path)
        => path.Split('.').Aggregate((YamlNode?)node, static (at, name) =>
            at is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null);

    public static string? Text(this YamlNode node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<string> Keys(this YamlNode? node)
        => (node as YamlMappingNode)?.Children.Keys.Select(static k => ((YamlScalarNode)k).Value!) ?? [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => (node as YamlSequenceNode)?.Children ?? [];
}
