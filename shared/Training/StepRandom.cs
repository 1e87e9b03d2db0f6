using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>
/// The random numbers of one step. They hang on the seed and the step alone, so that a resumed training draws what an
/// unbroken one would have drawn, and no generator's state needs to be saved.
/// </summary>
public sealed class StepRandom(int seed, long step) : IDisposable
{
    /// <summary>For choices: which image, which finish.</summary>
    public Random Choices { get; } = new((int)((seed * 1_000_003L + step) & int.MaxValue));

    /// <summary>For noise.</summary>
    public Generator Noise { get; } = new((ulong)(seed * 1_000_003L + step));

    public void Dispose() => Noise.Dispose();
}
