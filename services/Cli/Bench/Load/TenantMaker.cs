using System.Net;
using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.DeadLetters;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>
/// Makes tenants for a run. The API deletes none, so afterwards their keys are revoked, and nobody can be them any more.
/// </summary>
sealed class TenantMaker(GatewayClient gateway)
{
    const int Plenty = 1_000_000_000;
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    readonly string run = Guid.NewGuid().ToString("N")[..8];

    /// <exception cref="UsageException">The operator's key is missing or wrong.</exception>
    public async Task<LoadTenant> MakeAsync(TenantShare share, CancellationToken cancellationToken)
    {
        var operatorKey = Environment.GetEnvironmentVariable(DeadLetterClient.KeyVariable) is { Length: > 0 } key ? key : null;
        var settings = new
        {
            share.Weight,
            RequestsPerMinute = Plenty, // it is the workers that are tried, not the quotas
            MaxQueuedJobs = Plenty,
            MaxImagesPerDay = Plenty,
        };
        try
        {
            var made = await gateway.SendAsync(HttpMethod.Post, "/v1/admin/tenants", operatorKey,
                new { Id = $"bench-{run}-{share.Name}", Name = $"Load test: {share.Name}", Settings = settings }, null,
                    cancellationToken);
            return new(share, (string)made!["key"]!["key"]!, (string)made["key"]!["details"]!["id"]!);
        }
        catch (RefusedException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new UsageException($"--tenant needs the operator's key: set {DeadLetterClient.KeyVariable}. For tenants "
                + $"that are there, name their keys with --keys.");
        }
    }

    public async Task RetireAsync(LoadTenant tenant)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await gateway.SendAsync(HttpMethod.Delete, $"/v1/keys/{tenant.KeyId}", tenant.Key, null, null, limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or RefusedException or OperationCanceledException)
        {
            Terminal.Warn($"the key of tenant bench-{run}-{tenant.Name} could not be revoked: {exception.Message}");
        }
    }
}
