using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Models;

namespace RdmCloud.Sampling.Support;

/// <summary>Drawing requests as commands.</summary>
static class Jobs
{
    static readonly Dictionary<Sampler, SamplerKind> samplers = new()
    {
        [Sampler.Ddim] = SamplerKind.Ddim,
        [Sampler.Plms] = SamplerKind.Plms,
        [Sampler.DpmPlusPlus2M] = SamplerKind.DpmSolver,
    };

    public static SampleImages Job(int steps = 4, ulong seed = 0) => Job(TinyModel.Request(steps, seed));

    public static SampleImages Job(DrawingRequest request) => new(
        new("tenant", $"job-{Guid.NewGuid():N}", 1),
        new()
        {
            Query = new("a duck"),
            Model = "tiny",
            K = request.Context.Count - 1,
            Pictures = request.Pictures,
            Seed = (long)request.Seed,
            GuidanceScale = request.GuidanceScale,
            Steps = request.Steps,
            Sampler = samplers[request.Sampler],
            Width = request.Width,
            Height = request.Height,
            ExpiresAt = DateTimeOffset.MaxValue,
        },
        PackedEmbedding.Pack(request.Context[0].Span),
        request.Negative is { } negative ? PackedEmbedding.Pack(negative.Span) : null,
        [.. request.Context.Skip(1).Select((embedding, i) => new RetrievedNeighbor(
            "database", 1, $"image-{i}", 0.5f, 1, Embedding: PackedEmbedding.Pack(embedding.Span)))],
        new(Embedding: 1, Retrieval: 2));

    public static SampleImages With(this SampleImages job, Func<Generation, Generation> change) =>
        job with { Generation = change(job.Generation) };

    /// <summary>The request as it is after its embeddings have been float16.</summary>
    public static DrawingRequest Rounded(this DrawingRequest request) => request with
    {
        Context = [.. request.Context.Select(embedding => Rounded(embedding))],
        Negative = request.Negative is { } negative ? Rounded(negative) : (ReadOnlyMemory<float>?)null,
    };

    static ReadOnlyMemory<float> Rounded(ReadOnlyMemory<float> values) =>
        values.ToArray().Select(value => (float)(Half)value).ToArray();
}
