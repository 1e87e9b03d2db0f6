using RdmCloud.Benchmarks.Script;
using RdmCloud.Diffusion.Networks;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks.Networks;

/// <summary>The same network, on the same weights, as one function of TorchScript.</summary>
sealed class ScriptNetwork(UNetModel network) : IDisposable
{
    readonly jit.CompilationUnit unit = jit.compile(UNetScript.Write(network));
    readonly Tensor[] weights = [.. network.state_dict().Values.Select(weight => weight.detach())]; // no copies

    public Tensor forward(Tensor x, Tensor timesteps, Tensor context) =>
        unit.invoke<Tensor>("forward", x, timesteps, context, weights);

    public void Dispose()
    {
        unit.Dispose();
        foreach (var weight in weights)
            weight.Dispose();
    }
}
