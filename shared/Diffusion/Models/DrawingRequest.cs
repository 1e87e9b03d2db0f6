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

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }
}
