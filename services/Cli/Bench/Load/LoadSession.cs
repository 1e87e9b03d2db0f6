using System.Net;
using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>The tenants of a run at a gateway: found or made before it, and retired after it where they were made.</summary>
sealed class LoadSession(GatewayClient gateway, string address) : IAsyncDisposable
{
    readonly TenantMaker maker = new(gateway);
    readonly List<LoadTenant> tenants = [];
    JobClient? jobs;

    public int Retries => jobs?.Retries ?? 0;

    /// <summary>Before the first job: that the gateway answers, and every key is one.</summary>
    /// <exception cref="UsageException">It does not, or one is not.</exception>
    public async Task OpenAsync(IReadOnlyList<LoadTenant> known, bool make, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var tenant in known)
            {
                tenants.Add(make ? await maker.MakeAsync(tenant.Share, cancellationToken) : tenant);
                await CheckAsync(tenants[^1], cancellationToken);
            }
        }
        catch (HttpRequestException exception)
        {
            throw new UsageException($"{address} does not answer ({exception.Message}).");
        }
        catch (RefusedException refused)
        {
            throw new UsageException($"{address} refuses: {refused.Kind} {refused.Message}");
        }
    }

    public Task<IReadOnlyList<TimedJob>> RunAsync(IReadOnlyList<Arrival> arrivals, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        jobs = new(gateway, tenants.ToDictionary(tenant => tenant.Name), TimeProvider.System);
        return Terminal.WithProgressAsync("jobs", inBytes: false, progress =>
            new LoadRun(jobs.DrawAsync, patience, TimeProvider.System).RunAsync(arrivals, progress, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tenant in tenants.Where(tenant => tenant.KeyId is not null))
            await maker.RetireAsync(tenant);
    }

    async Task CheckAsync(LoadTenant tenant, CancellationToken cancellationToken)
    {
        try
        {
            await gateway.SendAsync(HttpMethod.Get, "/v1/models", tenant.Key, null, null, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new UsageException(tenant.Key is null
                ? "The gateway wants a key: make tenants with --tenant, or name their keys with --keys."
                : $"The gateway does not know the key of tenant '{tenant.Name}', or it may not read jobs.");
        }
    }
}
