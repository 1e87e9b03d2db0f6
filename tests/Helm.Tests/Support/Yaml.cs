using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RdmCloud.Helm.Support;

/// <summary>YAML as Kubernetes reads it: as JSON.</summary>
static class Yaml
{
    public static JsonNode? Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents is [var document, ..] ? Convert(document.RootNode) : null;
    }

    /// <summary>Values over values, as Helm merges them: objects by their keys, all else as a whole.</summary>
    public static JsonNode? Merge(JsonNode? below, JsonNode? above)
    {
        if (below is not JsonObject || above is not JsonObject changes)
            return above?.DeepClone();
        var merged = below.DeepClone().AsObject();
        foreach (var (key, value) in changes)
            merged[key] = Merge(merged[key], value);
        return merged;
    }

    static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Convert(plain.Value!),
        YamlScalarNode text => text.Value,
        _ => throw new NotSupportedException($"{node.NodeType} at {node.Start}"),
    };

    static JsonNode? Convert(string plain) => plain switch
    {
        "" or "~" or "null" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => plain,
    };
}
