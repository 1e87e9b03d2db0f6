using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// A network with the contexts of one batch of pictures and classifier-free guidance, ready to be asked at every step of a run.
/// What depends on the contexts and on the timesteps alone is computed once, here.
/// </summary>
public sealed class GuidedNetwork : IDisposable
{
    readonly UNetModel network;
    readonly NoiseSchedule schedule;
    readonly Parameterization parameterization;
    readonly double guidanceScale;
    readonly ContextProjection context;
    readonly Tensor times; // (S, sum of widths)
    readonly Dictionary<int, int> rows;
    readonly ScalarType dtype;

    /// <param name="contexts">One a picture, (N_i, D); or one for all.</param>
    /// <param name="negative">(N, D), what to steer away from; null for the all-zero context of the paper.</param>
    /// <param name="guidanceScale">s in ε = ε_negative + s (ε_context - ε_negative); 1 leaves guidance out.</param>
    /// <param name="timesteps">Those that it will be asked about.</param>
    public GuidedNetwork(
        UNetModel network, NoiseSchedule schedule, Parameterization parameterization, IReadOnlyList<Tensor> contexts,
        Tensor? negative, double guidanceScale, IReadOnlyList<int> timesteps)
    {
        (this.network, this.schedule) = (network, schedule);
        (this.parameterization, this.guidanceScale) = (parameterization, guidanceScale);
        using var scope = NewDisposeScope();
        var first = network.parameters().First();
        (dtype, var device) = (first.dtype, first.device);
        rows = timesteps.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        times = network.ProjectTime(tensor(timesteps.ToArray(), device: device)).MoveToOuterDisposeScope();
        // To a network without bias in to_k and to_v, any number of zero tokens is the same:
        // take as many as the other context has.
        var batch = guidanceScale == 1 ? contexts : [.. contexts.Select(other => negative ?? zeros_like(other)), .. contexts];
        var (tokens, mask) = ContextBatch.Pad(batch);
        context = network.ProjectContext(tokens.to(dtype, device), mask?.to(device)).MoveToOuterDisposeScope();
    }

    /// <summary>ε with guidance, for latents (B, C, H, W), B as many as there are contexts, or any where there is one.</summary>
    public Tensor Predict(Tensor latents, int timestep)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var time = times.narrow(0, rows[timestep], 1);
        var x = latents.to(dtype);
        if (guidanceScale == 1)
            return Noise(network.forward(x, time, Expanded(1, latents.size(0))), latents, timestep).MoveToOuterDisposeScope();
        // Both halves in one call: [negative, context].
        var halves = network.forward(cat([x, x], 0), time, Expanded(2, latents.size(0))).chunk(2, 0);
        var (away, toward) = (halves[0].to(ScalarType.Float32), halves[1].to(ScalarType.Float32));
        return Noise(away.Toward(toward, guidanceScale), latents, timestep).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        times.Dispose();
        context.Dispose();
    }

    Tensor Noise(Tensor output, Tensor latents, int timestep)
    {
        var prediction = output.to(ScalarType.Float32);
        var weights = parameterization.NoiseWeights(schedule.AlphaCumprod(timestep));
        return weights == (1, 0) ? prediction : prediction.Times(weights.Output).Plus(latents.Times(weights.Latents));
    }

    ContextProjection Expanded(int halves, long pictures)
    {
        if (context.KeysAndValues[0].Keys.size(0) == halves * pictures)
            return context;
        var keysAndValues = context.KeysAndValues.Select(pair => (Repeat(pair.Keys), Repeat(pair.Values)));
        return new([.. keysAndValues], context.Mask is null ? null : Repeat(context.Mask));

        Tensor Repeat(Tensor rows) => rows.repeat_interleave(pictures, 0);
    }
}
