using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Retrieval.Neighbors;

/// <summary>The chain's second stage.</summary>
sealed class RetrieveNeighborsConsumer(NeighborFinder finder, TimeProvider time) : IConsumer<RetrieveNeighbors>
{
    public async Task Consume(ConsumeContext<RetrieveNeighbors> context)
    {
        var (job, generation, query, negative, timings) = context.Message;
        var cancellationToken = context.JobToken();
        var started = time.GetTimestamp();
        var search = new NeighborSearch(query, generation.Databases, generation.K, generation.Pinned, generation.Excluded);
        var neighbors = await finder.SearchAsync(job.Tenant, search, cancellationToken);
        timings = timings with { Retrieval = time.GetElapsedTime(started).TotalMilliseconds };
        var told = neighbors.Select(neighbor => neighbor with { Embedding = null });
        await context.PublishAsync(new NeighborsRetrieved(job, [.. told]), cancellationToken);
        await context.SendToAsync(StageQueues.Sample(generation.Lane),
            new SampleImages(job, generation, query, negative, neighbors, timings), cancellationToken);
    }
}
