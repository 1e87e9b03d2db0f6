using Microsoft.Extensions.Diagnostics.HealthChecks;
using RdmCloud.Sampling.Painting;

namespace RdmCloud.Sampling.Workers;

sealed class WarmCheck(IPainter painter) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(painter switch
        {
            { Completion.IsCompleted: true } => HealthCheckResult.Unhealthy("A model can draw no more."),
            { Ready.IsCompletedSuccessfully: true } => HealthCheckResult.Healthy(),
            _ => HealthCheckResult.Unhealthy("The models are being read."),
        });
}
