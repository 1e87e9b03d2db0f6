using System.Numerics.Tensors;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Diffusion.Models;

/// <summary>All that a set of pictures depends on, beside the model.</summary>
public sealed record DrawingRequest
{
    /// <summary>Embeddings to look at, as CLIP put them out: the query's, if any, and the neighbors'. At least one.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Context { get; init; }

    /// <summary>An embedding to steer away from; null for the paper's all-zero context.</summary>
    public ReadOnlyMemory<float>? Negative { get; init; }

    public int Pictures { get; init; } = 1;

    /// <summary>Picture i is drawn from the noise of seed + i.</summary>
    public ulong Seed { get; init; }

    public required Sampler Sampler { get; init; }

    public required int Steps { get; init; }

    public required double GuidanceScale { get; init; }

    /// <summary>The randomness of DDIM's steps, 0…1; 0 for none. Other samplers have none.</summary>
    public double Eta { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    /// <summary>(C, h, w) of one picture.</summary>
    internal long[] LatentShape(ModelManifest model)
    {
        var factor = model.Autoencoder.Config.Factor;
        return [model.Network.Config.InChannels, Height / factor, Width / factor];
    }

    /// <exception cref="ModelException">The model cannot draw this.</exception>
    public void EnsureFits(ModelManifest model)
    {
        var multiple = model.SizeMultiple;
        if (Width % multiple != 0 || Height % multiple != 0 || Width <= 0 || Height <= 0)
            throw new ModelException(
                $"A picture of {Width}x{Height} cannot be drawn: with this model both sides must be multiples of {multiple}.");
        if (Steps < 1 || Steps > model.Schedule.Timesteps)
            throw new ModelException($"{Steps} steps cannot be made: with this model there are 1 to {model.Schedule.Timesteps}.");
        if (Pictures < 1)
            throw new ModelException($"{Pictures} pictures cannot be drawn: ask for one at least.");
        if (!double.IsFinite(GuidanceScale))
            throw new ModelException($"The guidance scale {GuidanceScale} is not a number to multiply by.");
        if (Eta is not (>= 0 and <= 1))
            throw new ModelException($"Eta is {Eta}: it must lie between 0 and 1.");
        if (Context.Count == 0)
            throw new ModelException("There is nothing to draw from: the context needs one embedding at least.");
        foreach (var embedding in Negative is { } negative ? [.. Context, negative] : Context)
        {
            if (embedding.Length != model.Network.Config.ContextDim)
                throw new ModelException(
                    $"An embedding has {embedding.Length} numbers; this model's have {model.Network.Config.ContextDim}.");
            if (!TensorPrimitives.IsFiniteAll(embedding.Span))
                throw new ModelException("An embedding holds numbers that are not finite (NaN or infinity).");
        }
    }
}
