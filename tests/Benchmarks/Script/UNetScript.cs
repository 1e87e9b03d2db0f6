using System.Text;
using RdmCloud.Diffusion.Networks;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Script;

/// <summary>
/// A <see cref="UNetModel"/> as TorchScript: a function of inputs and weights, over the blocks of <c>layers.py</c>.
/// </summary>
sealed class UNetScript
{
    readonly StringBuilder text = new(Layers());
    readonly UNetConfig config;
    readonly IReadOnlyDictionary<string, Tensor> weights;
    readonly string[] names;

    UNetScript(UNetModel network)
    {
        (config, weights) = (network.Config, network.state_dict());
        names = [.. weights.Keys];
        if (config.UseScaleShiftNorm || config.ResblockUpdown)
            throw new NotSupportedException("Scale-shift normalization and resizing blocks are not written as TorchScript.");
        text.Append("\n\ndef forward(x: Tensor, timesteps: Tensor, context: Tensor, w: List[Tensor]) -> Tensor:\n");
        Let("time", $"time_embedding(timesteps, {Weights("time_embed")})");
        Let("h", "x");
        var skips = new Stack<string>();
        for (var i = 0; Has($"input_blocks.{i}"); i++)
        {
            Block($"input_blocks.{i}");
            skips.Push($"skip{i}");
            Let(skips.Peek(), "h");
        }
        Block("middle_block");
        for (var i = 0; Has($"output_blocks.{i}"); i++)
        {
            Let("h", $"torch.cat([h, {skips.Pop()}], 1)");
            Block($"output_blocks.{i}");
        }
        text.Append($"    return convolution(activated(h, {Groups("out.0")}, {Weights("out.0")}), 1, {Weights("out.2")})\n");
    }

    /// <summary>The script's text; its weights are the network's, in the order of the state dictionary.</summary>
    public static string Write(UNetModel network) => new UNetScript(network).text.ToString();

    static string Layers()
    {
        using var reader = new StreamReader(typeof(UNetScript).Assembly.GetManifestResourceStream("layers.py")!);
        return reader.ReadToEnd();
    }

    void Block(string block)
    {
        for (var i = 0; Has($"{block}.{i}"); i++)
        {
            var name = $"{block}.{i}";
            if (Has(name + ".in_layers"))
                Let("h",
                    $"residual(h, time, {Groups(name + ".in_layers.0")}, {Groups(name + ".out_layers.0")}, {Weights(name)})");
            else if (Has(name + ".transformer_blocks"))
                SpatialTransformer(name);
            else if (Has(name + ".op"))
                Let("h", $"convolution(h, 2, {Weights(name)})");
            else if (Has(name + ".conv"))
                Let("h", $"convolution(doubled(h), 1, {Weights(name)})");
            else
                Let("h", $"convolution(h, 1, {Weights(name)})");
        }
    }

    void SpatialTransformer(string name)
    {
        var channels = weights[name + ".norm.weight"].size(0);
        var heads = config.NumHeadChannels == -1 ? config.NumHeads : channels / config.NumHeadChannels;
        Let("tokens", $"to_tokens(h, {Groups(name + ".norm")}, {Weights(name + ".norm")}, {Weights(name + ".proj_in")})");
        for (var i = 0; Has($"{name}.transformer_blocks.{i}"); i++)
            Let("tokens", $"transformer(tokens, context, {heads}, {Weights($"{name}.transformer_blocks.{i}")})");
        Let("h", $"to_pixels(tokens, h, {Weights(name + ".proj_out")})");
    }

    void Let(string variable, string value) => text.Append($"    {variable} = {value}\n");

    bool Has(string module) => names.Any(name => name.StartsWith(module + ".", StringComparison.Ordinal));

    long Groups(string norm) => Math.Min(32, weights[norm + ".weight"].size(0) / config.MinGroupChannels);

    /// <summary>All weights of a module as arguments.</summary>
    string Weights(string module) => string.Join(", ", names.Index()
        .Where(named => named.Item.StartsWith(module + ".", StringComparison.Ordinal)).Select(named => $"w[{named.Index}]"));
}
