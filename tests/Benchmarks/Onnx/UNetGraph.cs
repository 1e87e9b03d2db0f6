using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static RdmCloud.Benchmarks.Onnx.OnnxGraph;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Onnx;

/// <summary>A <see cref="UNetModel"/> as ONNX, from its configuration and its weights.</summary>
sealed class UNetGraph
{
    readonly OnnxGraph graph = new();
    readonly UNetConfig config;
    readonly IReadOnlyDictionary<string, Tensor> weights;
    readonly long batch;
    readonly string embedding; // SiLU of the time embedding (B, 4·C0)

    UNetGraph(UNetModel network, int batch, int side, int tokens)
    {
        (config, weights, this.batch) = (network.Config, network.state_dict(), batch);
        if (config.UseScaleShiftNorm || config.ResblockUpdown)
            throw new NotSupportedException("Scale-shift normalization and resizing residual blocks are not written as ONNX.");
        var x = new Feature(graph.Input("x", batch, config.InChannels, side, side), config.InChannels, side, side);
        var time = graph.Input("timesteps", batch, 1);
        var context = graph.Input("context", batch, tokens, config.ContextDim);
        embedding = Silu(Gemm("time_embed.2", Silu(Gemm("time_embed.0", Sinusoid(time)))));

        var skips = new Stack<Feature>();
        var h = x;
        for (var i = 0; Has($"input_blocks.{i}"); i++)
            skips.Push(h = Block($"input_blocks.{i}", h, context));
        h = Block("middle_block", h, context);
        for (var i = 0; Has($"output_blocks.{i}"); i++)
        {
            var skip = skips.Pop();
            h = h with { Name = graph.Add("Concat", [h.Name, skip.Name], Int("axis", 1)), Channels = h.Channels + skip.Channels };
            h = Block($"output_blocks.{i}", h, context);
        }
        h = Conv("out.2", Activated(GroupNorm("out.0", h, 1e-5f)));
        graph.Output(h.Name, batch, config.OutChannels, side, side);
        Output = h.Name;
    }

    readonly record struct Feature(string Name, long Channels, long Height, long Width);

    string Output { get; }

    /// <summary>
    /// The model's file and the name of its output; inputs are x (B, C, S, S), timesteps (B, 1) and context (B, N, D).
    /// </summary>
    public static (byte[] Model, string Output) Write(UNetModel network, int batch, int side, int tokens)
    {
        using var scope = NewDisposeScope();
        var written = new UNetGraph(network, batch, side, tokens);
        return (written.graph.ToModel(), written.Output);
    }

    bool Has(string prefix) => weights.Keys.Any(name => name.StartsWith(prefix + ".", StringComparison.Ordinal));

    Feature Block(string prefix, Feature h, string context)
    {
        if (Has(prefix + ".0.weight") || weights.ContainsKey(prefix + ".0.weight"))
            return Conv(prefix + ".0", h);
        for (var i = 0; Has($"{prefix}.{i}"); i++)
        {
            var name = $"{prefix}.{i}";
            if (Has(name + ".in_layers"))
                h = Residual(name, h);
            else if (Has(name + ".transformer_blocks"))
                h = SpatialTransformer(name, h, context);
            else if (Has(name + ".op"))
                h = Conv(name + ".op", h, stride: 2);
            else
                h = Conv(name + ".conv", Doubled(h));
        }
        return h;
    }

    Feature Residual(string name, Feature x)
    {
        var h = Conv(name + ".in_layers.2", Activated(GroupNorm(name + ".in_layers.0", x, 1e-5f)));
        var shift = graph.Add("Reshape", Gemm(name + ".emb_layers.1", embedding), graph.Shape(batch, h.Channels, 1, 1));
        h = h with { Name = graph.Add("Add", h.Name, shift) };
        h = Conv(name + ".out_layers.3", Activated(GroupNorm(name + ".out_layers.0", h, 1e-5f)));
        var skip = Has(name + ".skip_connection") ? Conv(name + ".skip_connection", x) : x;
        return h with { Name = graph.Add("Add", h.Name, skip.Name) };
    }

    Feature SpatialTransformer(string name, Feature x, string context)
    {
        var h = Conv(name + ".proj_in", GroupNorm(name + ".norm", x, 1e-6f));
        var tokens = graph.Add("Transpose",
            [graph.Add("Reshape", h.Name, graph.Shape(batch, h.Channels, -1))], Ints("perm", 0, 2, 1));
        for (var i = 0; Has($"{name}.transformer_blocks.{i}"); i++)
        {
            var block = $"{name}.transformer_blocks.{i}";
            var normed = LayerNorm(block + ".norm1", tokens);
            tokens = graph.Add("Add", tokens, Attention(block + ".attn1", normed, normed, h.Channels));
            tokens = graph.Add("Add", tokens,
                Attention(block + ".attn2", LayerNorm(block + ".norm2", tokens), context, h.Channels));
            tokens = graph.Add("Add", tokens, FeedForward(block + ".ff.net", LayerNorm(block + ".norm3", tokens)));
        }
        var back = graph.Add("Reshape",
            graph.Add("Transpose", [tokens], Ints("perm", 0, 2, 1)), graph.Shape(batch, h.Channels, h.Height, h.Width));
        h = Conv(name + ".proj_out", h with { Name = back });
        return h with { Name = graph.Add("Add", h.Name, x.Name) };
    }

    string Attention(string name, string x, string context, long channels)
    {
        var heads = config.NumHeadChannels == -1 ? config.NumHeads : channels / config.NumHeadChannels;
        var scale = graph.Constant($"scale.{channels / heads}", [1 / MathF.Sqrt(channels / heads)]);
        string Split(string projected, params long[] order) =>
            graph.Add("Transpose",
                [graph.Add("Reshape", projected, graph.Shape(0, 0, heads, channels / heads))], Ints("perm", order));
        var q = graph.Add("Mul", Split(MatMul(name + ".to_q", x), 0, 2, 1, 3), scale);
        var k = Split(MatMul(name + ".to_k", context), 0, 2, 3, 1);
        var v = Split(MatMul(name + ".to_v", context), 0, 2, 1, 3);
        var attended = graph.Add("MatMul", graph.Add("Softmax", [graph.Add("MatMul", q, k)], Int("axis", -1)), v);
        var joined = graph.Add("Reshape",
            graph.Add("Transpose", [attended], Ints("perm", 0, 2, 1, 3)), graph.Shape(0, 0, channels));
        return Linear(name + ".to_out.0", joined);
    }

    string FeedForward(string name, string x)
    {
        var halves = graph.AddMany("Split", [Linear(name + ".0.proj", x)], 2, Int("axis", -1), Int("num_outputs", 2));
        return Linear(name + ".2", graph.Add("Mul", halves[0], graph.Add("Gelu", halves[1])));
    }

    Feature Conv(string name, Feature x, int stride = 1)
    {
        var shape = weights[name + ".weight"].shape;
        var padding = shape[2] / 2;
        var y = graph.Add("Conv", [x.Name, Weight(name + ".weight"), Weight(name + ".bias")],
            Ints("kernel_shape", shape[2], shape[3]), Ints("pads", padding, padding, padding, padding),
            Ints("strides", stride, stride));
        return new(y, shape[0], x.Height / stride, x.Width / stride);
    }

    /// <summary>
    /// As PyTorch's own exporter writes it: ONNX Runtime has no kernel of its own for GroupNormalization on CPUs.
    /// </summary>
    Feature GroupNorm(string name, Feature x, float epsilon)
    {
        var groups = Math.Min(32, x.Channels / config.MinGroupChannels);
        var grouped = graph.Add("Reshape", x.Name, graph.Shape(batch, groups, -1));
        float[] ones = [.. Enumerable.Repeat(1f, (int)groups)];
        var normed = graph.Add("InstanceNormalization",
            [grouped, graph.Constant($"ones.{groups}", ones, groups),
                graph.Constant($"zeros.{groups}", new float[groups], groups)],
            Float("epsilon", epsilon));
        var back = graph.Add("Reshape", normed, graph.Shape(batch, x.Channels, x.Height, x.Width));
        var scaled = graph.Add("Mul", back, Weight(name + ".weight", x.Channels, 1, 1));
        return x with { Name = graph.Add("Add", scaled, Weight(name + ".bias", x.Channels, 1, 1)) };
    }

    string LayerNorm(string name, string x) =>
        graph.Add("LayerNormalization", [x, Weight(name + ".weight"), Weight(name + ".bias")],
            Int("axis", -1), Float("epsilon", 1e-5f));

    Feature Doubled(Feature x)
    {
        var scales = graph.Constant("scales", [1, 1, 2, 2], 4);
        var y = graph.Add("Resize", [x.Name, "", scales],
            Text("mode", "nearest"), Text("nearest_mode", "floor"), Text("coordinate_transformation_mode", "asymmetric"));
        return x with { Name = y, Height = 2 * x.Height, Width = 2 * x.Width };
    }

    string Sinusoid(string timesteps)
    {
        var half = config.ModelChannels / 2;
        float[] frequencies = [.. Enumerable.Range(0, half).Select(i => MathF.Exp(i * -(float)Math.Log(10000) / half))];
        var angles = graph.Add("Mul", timesteps, graph.Constant("frequencies", frequencies, 1, half));
        return graph.Add("Concat", [graph.Add("Cos", angles), graph.Add("Sin", angles)], Int("axis", -1));
    }

    Feature Activated(Feature x) => x with { Name = Silu(x.Name) };

    string Silu(string x) => graph.Add("Mul", x, graph.Add("Sigmoid", x));

    string Gemm(string name, string x) =>
        graph.Add("Gemm", [x, Weight(name + ".weight"), Weight(name + ".bias")], Int("transB", 1));

    string Linear(string name, string x) => graph.Add("Add", MatMul(name, x), Weight(name + ".bias"));

    string MatMul(string name, string x)
    {
        using var transposed = weights[name + ".weight"].t().contiguous();
        return graph.Add("MatMul", x, graph.Constant(name + ".weight.t", transposed.data<float>().ToArray(), transposed.shape));
    }

    string Weight(string name, params long[] shape) =>
        graph.Constant(name, weights[name].contiguous().data<float>().ToArray(), shape.Length == 0 ? weights[name].shape : shape);
}
