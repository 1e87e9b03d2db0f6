using Microsoft.ML.OnnxRuntime;
using RdmCloud.Benchmarks.Onnx;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Networks;

/// <summary>The same network in ONNX Runtime.</summary>
sealed class OnnxNetwork : IDisposable
{
    readonly InferenceSession session;
    readonly string output;
    readonly RunOptions options = new();

    public OnnxNetwork(UNetModel network, int batch, int threads)
    {
        (var model, output) = UNetGraph.Write(network, batch, NineMillion.Side, NineMillion.Tokens);
        session = new(model, new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        });
    }

    /// <summary>A call that can be repeated, and its result (B, C, H, W).</summary>
    public Func<float[]> Prepare(Tensor x, Tensor timesteps, Tensor context)
    {
        using var times = timesteps.to(ScalarType.Float32).unsqueeze(1);
        var inputs = new Dictionary<string, OrtValue>
        {
            ["x"] = Value(x),
            ["timesteps"] = Value(times),
            ["context"] = Value(context),
        };
        return () =>
        {
            using var outputs = session.Run(options, inputs, [output]);
            return outputs[0].GetTensorDataAsSpan<float>().ToArray();
        };
    }

    public void Dispose()
    {
        options.Dispose();
        session.Dispose();
    }

    static OrtValue Value(Tensor tensor) => OrtValue.CreateTensorValueFromMemory(tensor.data<float>().ToArray(), tensor.shape);
}
