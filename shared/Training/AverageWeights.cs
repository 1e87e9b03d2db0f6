using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>The exponential moving average of a network's weights, which samples better than the weights themselves.</summary>
public static class AverageWeights
{
    /// <summary>The share of the old average that stays: min(decay, (1 + n) / (10 + n)) at the n-th update, from 1.</summary>
    public static double Decay(long update, double decay) => Math.Min(decay, (1.0 + update) / (10 + update));

    /// <summary>average ← average + (1 - decay) (weights - average), for all parameters.</summary>
    public static void Update(nn.Module average, nn.Module network, double decay)
    {
        using var noGradient = no_grad();
        foreach (var (mean, value) in average.parameters().Zip(network.parameters()))
            mean.lerp_(value, 1 - decay);
    }

    /// <summary>The same for the running statistics of batch normalization, which a network gathers by itself.</summary>
    public static void UpdateStatistics(nn.Module average, nn.Module network, double decay)
    {
        using var noGradient = no_grad();
        foreach (var ((_, mean), (_, value)) in average.named_buffers().Zip(network.named_buffers()))
            if (mean.is_floating_point())
                mean.lerp_(value.to(mean.dtype), 1 - decay);
    }

    /// <summary>Copies all parameters, whatever the types.</summary>
    public static void Copy(nn.Module from, nn.Module to)
    {
        using var noGradient = no_grad();
        foreach (var (target, source) in to.parameters().Zip(from.parameters()))
            target.copy_(source);
    }
}
