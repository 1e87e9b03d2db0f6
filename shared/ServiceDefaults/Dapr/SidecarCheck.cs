using Dapr.Client;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Ready when the sidecar can call others, whether or not it has found this service ready.</summary>
sealed class SidecarCheck(DaprClient client, Sidecar sidecar) : IHealthCheck
{
    static readonly TimeSpan patience = TimeSpan.FromMilliseconds(800); // it is on this machine, and probes wait for a second

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) => await AnswersAsync(cancellationToken)
        ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy(
            $"Dapr is on, but its sidecar is not ready at {sidecar.Http}. Start it, or set Dapr:Mode to off.");

    async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await client.CheckOutboundHealthAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
