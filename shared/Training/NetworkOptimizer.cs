using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>AdamW for all parameters, or for the vectors only, with Muon for the matrices.</summary>
public sealed class NetworkOptimizer
{
    readonly AdamW adamW;
    readonly Muon muon;

    public NetworkOptimizer(nn.Module network, TrainingConfig config)
    {
        var parameters = network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        bool IsForMuon(KeyValuePair<string, Parameter> pair) => config.Muon && pair.Value.Dimensions >= 2;
        adamW = new AdamW(parameters.Where(pair => !IsForMuon(pair)).ToDictionary(), config.WeightDecay);
        muon = new Muon(
            parameters.Where(IsForMuon).ToDictionary(), config.WeightDecay,
            config.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
    }

    /// <param name="step">Which update this is, from 1.</param>
    public void Step(long step, double learningRate)
    {
        adamW.Step(step, learningRate);
        muon.Step(learningRate);
    }

    /// <summary>The moments that a resumed training needs, by name.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State() =>
    [
        .. muon.Momenta.Select(pair => ("momentum." + pair.Key, pair.Value)),
        .. adamW.Moments.Select(pair => ("mean." + pair.Key, pair.Value.Mean)),
        .. adamW.Moments.Select(pair => ("square." + pair.Key, pair.Value.Square)),
    ];
}
