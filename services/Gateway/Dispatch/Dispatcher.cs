using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Admits waiting jobs into the chain by fair share, no more than the workers can draw.</summary>
public sealed class Dispatcher(
    IDbContextFactory<LedgerContext> contexts, JobLedger ledger, Workers workers, IBus bus, IOptions<LedgerOptions> limits,
    Quotas quotas, TimeProvider time, ILogger<Dispatcher> logger)
{
    static readonly Stage[] beforeStorage = [Stage.Embedding, Stage.Retrieval, Stage.Sampling];
    readonly VirtualTimes virtualTimes = new();

    /// <summary>Fills what room there is.</summary>
    public async Task DispatchAsync(CancellationToken cancellationToken)
    {
        foreach (var (model, window) in workers.Window())
        {
            var chosen = await AdmitAsync(model, window, cancellationToken);
            await Task.WhenAll(chosen.Select(job => SendAsync(job, cancellationToken)));
        }
    }

    /// <summary>Another replica dispatches now: what this one knows of fairness grows old.</summary>
    public void StandBy() => virtualTimes.Forget();

    /// <summary>Chooses and marks jobs in one step: what is marked but never sent is noticed as not heard of.</summary>
    async Task<IReadOnlyList<Job>> AdmitAsync(string model, int window, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var inChain = await context.Jobs
            .Where(job => job.Status == JobStatus.Processing && job.Model == model && beforeStorage.Contains(job.Stage!.Value))
            .SumAsync(job => job.Pictures, cancellationToken);
        if (inChain >= window)
            return [];
        var now = time.GetUtcNow();
        var waiting = new WaitingJobs(context, model, now);
        var tenants = await waiting.TenantsAsync(cancellationToken);
        if (tenants.Count == 0)
            return [];
        var running = await context.Jobs.Where(job => job.Status == JobStatus.Processing)
            .GroupBy(job => job.Tenant).ToDictionaryAsync(group => group.Key, group => group.Count(), cancellationToken);
        tenants.RemoveAll(tenant => running.GetValueOrDefault(tenant.Id) >= quotas.ConcurrentJobs(tenant));
        var share = new FairShare(await virtualTimes.OfAsync(model, context, cancellationToken));
        var chosen = new List<Job>();
        while (inChain < window && tenants.Count > 0)
        {
            var tenant = share.Choose(tenants);
            if (await waiting.NextAsync(tenant.Id, cancellationToken) is not { } job)
            {
                tenants.Remove(tenant);
                continue;
            }
            share.Charge(tenant, job.Cost);
            job.Dispatched(now + limits.Value.StageTimeout);
            chosen.Add(job);
            inChain += job.Pictures;
            running[tenant.Id] = running.GetValueOrDefault(tenant.Id) + 1;
            if (running[tenant.Id] >= quotas.ConcurrentJobs(tenant))
                tenants.Remove(tenant);
        }
        try
        {
            await ledger.SaveAsync(context, chosen, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return []; // one of them was canceled in this moment: choose again
        }
        virtualTimes.Keep(model, share.VirtualTime);
        return chosen;
    }

    async Task SendAsync(Job job, CancellationToken cancellationToken)
    {
        using var span = JobTrace.Resume("dispatch", job.TraceParent);
        span.Tag(job.Tenant, job.Id);
        try
        {
            var command = new EmbedPrompt(job.Reference, LedgerJson.Read<Generation>(job.Generation));
            await bus.SendToAsync(StageQueues.EmbedPrompt, command, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(
                exception, "Job {Job} of tenant {Tenant} could not be sent; it waits for its turn again", job.Id, job.Tenant);
            await ledger.ChangeAsync(job.Id, (row, now) => row.Requeued(now + limits.Value.RetryDelay), cancellationToken);
        }
    }
}
