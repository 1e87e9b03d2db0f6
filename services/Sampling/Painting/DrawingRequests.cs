using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Sampling.Painting;

static class DrawingRequests
{
    /// <summary>What the engine is to draw. The context is the query, then its neighbors.</summary>
    /// <exception cref="RefusedException">An embedding is missing or damaged.</exception>
    public static DrawingRequest ToRequest(this SampleImages command)
    {
        var generation = command.Generation;
        return new()
        {
            Context = [Unpack(command.Query), .. command.Neighbors.Select(neighbor => Unpack(neighbor.Embedding))],
            Negative = command.Negative is { } negative ? Unpack(negative) : (ReadOnlyMemory<float>?)null,
            Pictures = generation.Pictures,
            Seed = (ulong)generation.Seed,
            Sampler = generation.Sampler.ToSampler(),
            Steps = generation.Steps,
            GuidanceScale = generation.GuidanceScale,
            Width = generation.Width,
            Height = generation.Height,
        };
    }

    static ReadOnlyMemory<float> Unpack(byte[]? embedding)
    {
        try
        {
            return PackedEmbedding.Unpack(embedding);
        }
        catch (ArgumentException exception)
        {
            throw new RefusedException($"An embedding is damaged: {exception.Message}", inner: exception);
        }
    }
}
