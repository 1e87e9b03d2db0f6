using Microsoft.Extensions.Diagnostics.HealthChecks;
using RdmCloud.VectorStore.Milvus;
using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.Retrieval.Milvus;

sealed class MilvusCheck(MilvusCollections collections) : IHealthCheck
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return HealthCheckResult.Healthy($"Milvus {await collections.GetVersionAsync(limit.Token)}");
        }
        catch (Exception exception) when (exception is MilvusException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Milvus does not answer.", exception);
        }
    }
}
