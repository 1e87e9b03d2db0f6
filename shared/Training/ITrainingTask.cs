using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>What is trained: a network, its data and its loss.</summary>
public interface ITrainingTask<TNetwork> where TNetwork : nn.Module
{
    /// <summary>A network whose weights need not be filled.</summary>
    TNetwork CreateNetwork();

    /// <summary>The loss over a batch of random images: a scalar in float32.</summary>
    Tensor Loss(TNetwork network, int batchSize, StepRandom random);

    /// <summary>Measures the averaged network and draws what it makes into a PNG file.</summary>
    /// <returns>A few figures for the log, in words.</returns>
    string Evaluate(TNetwork network, string sheetPath);
}
