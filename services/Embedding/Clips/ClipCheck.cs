using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RdmCloud.Embedding.Clips;

/// <summary>Ready when every model is warm.</summary>
sealed class ClipCheck(ClipThread thread) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(thread.Ready switch
        {
            { IsCompletedSuccessfully: true } => HealthCheckResult.Healthy(),
            { Exception: { } failure } => HealthCheckResult.Unhealthy("A model does not work.", failure.InnerException),
            _ => HealthCheckResult.Unhealthy("The models are still being read."),
        });
}
