using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Retrieval.Neighbors;

sealed class RetrieveNeighborsDefinition(IOptions<RetrievalOptions> options)
    : StageDefinition<RetrieveNeighborsConsumer, RetrieveNeighbors>(StageQueues.RetrieveNeighbors, options.Value.Concurrency);
