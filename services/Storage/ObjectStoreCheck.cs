using Microsoft.Extensions.Diagnostics.HealthChecks;
using RdmCloud.ObjectStore;

namespace RdmCloud.Storage;

sealed class ObjectStoreCheck(IObjectStore objects) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await objects.HeadAsync("health", cancellationToken); // that it is not there is an answer too
            return HealthCheckResult.Healthy();
        }
        catch (ObjectStoreException exception)
        {
            return HealthCheckResult.Unhealthy("The object store does not answer.", exception);
        }
    }
}
