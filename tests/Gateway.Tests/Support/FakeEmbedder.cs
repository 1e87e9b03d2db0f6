using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;

namespace RdmCloud.Gateway.Support;

sealed class FakeEmbedder : IEmbedder
{
    public Task<EmbeddedQuery> EmbedAsync(string model, GenerationQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(new EmbeddedQuery(PackedEmbedding.Pack([1, 0, 0, 0]), Truncated: false));
}
