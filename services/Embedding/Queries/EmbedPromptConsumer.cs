using MassTransit;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Embedding.Queries;

/// <summary>The chain's first stage.</summary>
sealed class EmbedPromptConsumer(Embedder embedder, TimeProvider time) : IConsumer<EmbedPrompt>
{
    public async Task Consume(ConsumeContext<EmbedPrompt> context)
    {
        var (job, generation) = context.Message;
        var cancellationToken = context.JobToken();
        var started = time.GetTimestamp();
        var query = embedder.EmbedAsync(generation.Model, generation.Query, cancellationToken);
        var negative = generation.NegativePrompt is { } text
            ? embedder.EmbedAsync(generation.Model, new GenerationQuery(text), cancellationToken)
            : Task.FromResult<EmbeddedQuery>(null!);
        await Task.WhenAll(query, negative);
        var timings = new ChainTimings(Embedding: time.GetElapsedTime(started).TotalMilliseconds);
        await context.PublishAsync(new PromptEmbedded(job, (await query).Truncated), cancellationToken);
        await context.SendToAsync(StageQueues.RetrieveNeighbors,
            new RetrieveNeighbors(job, generation, (await query).Vector, (await negative)?.Vector, timings), cancellationToken);
    }
}
