using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RdmCloud.Diffusion.Import;

/// <summary>What the original's YAML says of a model.</summary>
sealed record OriginalConfig
{
    public required UNetConfig Network { get; init; }

    public required AutoencoderConfig Autoencoder { get; init; }

    public required AutoencoderKind AutoencoderKind { get; init; }

    public required ScheduleSettings Schedule { get; init; }

    public double? ScaleFactor { get; init; }

    public Parameterization Parameterization { get; init; }

    /// <summary>Neighbors, where the configuration names a number.</summary>
    public int? K { get; init; }

    /// <exception cref="ModelException">The file is not such a configuration.</exception>
    public static OriginalConfig Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(new MergingParser(new Parser(reader)));
            var parameters = ToJson(yaml.Documents[0].RootNode)?["model"]?["params"]
                ?? throw new JsonException("there is no model.params");
            var first = parameters["first_stage_config"]
                ?? throw new JsonException("there is no model.params.first_stage_config");
            return new()
            {
                Network = Parse<UNetConfig>(parameters["unet_config"]?["params"], "unet_config"),
                Autoencoder = Parse<AutoencoderConfig>(first["params"], "first_stage_config"),
                AutoencoderKind = $"{first["target"]}".Contains("VQ", StringComparison.Ordinal)
                    ? AutoencoderKind.Vq
                    : AutoencoderKind.Kl,
                Schedule = new(
                    (int?)parameters["timesteps"] ?? 1000,
                    (double?)parameters["linear_start"] ?? 1e-4,
                    (double?)parameters["linear_end"] ?? 2e-2),
                ScaleFactor = (double?)parameters["scale_factor"],
                Parameterization = $"{parameters["parameterization"]}" == "v" ? Parameterization.V : Parameterization.Eps,
                K = (int?)parameters["k_nn"],
            };
        }
        catch (Exception exception) when (exception is YamlException or JsonException
            or InvalidOperationException or FormatException or ArgumentException or IOException)
        {
            throw new ModelException($"{path} is not a model configuration of the original: {exception.Message}", exception);
        }
    }

    static T Parse<T>(JsonNode? node, string name) =>
        (node ?? throw new JsonException($"there is no model.params.{name}.params")).Deserialize<T>(NetworkJson.Options)!;

    static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(pair => KeyValuePair.Create($"{pair.Key}", ToJson(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } => Scalar(text),
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    static JsonNode? Scalar(string? text) => text switch
    {
        null or "" or "null" or "~" => null,
        "true" or "True" => true,
        "false" or "False" => false,
        _ when double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
            JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture)),
        _ => text,
    };
}
