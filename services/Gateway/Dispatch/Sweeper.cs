using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>
/// Ends what is past its deadline, sends again what was not heard of, and forgets what nobody may ask for any more.
/// </summary>
public sealed class Sweeper(
    IDbContextFactory<LedgerContext> contexts, JobLedger ledger, JobEnding ending, IBus bus, IOptions<LedgerOptions> limits,
    TimeProvider time)
{
    const int AtOnce = 200;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var job in await FindAsync(job => (job.Status == JobStatus.Queued || job.Status == JobStatus.Processing)
            && (job.Deadline <= now || job.StartedAt == null && job.StartBy <= now), cancellationToken))
            await ending.ExpireAsync(job, cancellationToken);
        foreach (var job in await FindAsync(job => job.Status == JobStatus.Processing && job.HeardBy <= now, cancellationToken))
            await ResendAsync(job, cancellationToken);
        foreach (var job in await FindAsync(job => job.Status != JobStatus.Queued && job.Status != JobStatus.Processing
            && !job.ResultsDeleted && job.ExpiresAt <= now, cancellationToken))
            await ForgetAsync(job, cancellationToken);
    }

    /// <summary>What an in-memory bus held is gone with the process that held it.</summary>
    public async Task ResendAllAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await FindAsync(job => job.Status == JobStatus.Processing, cancellationToken, int.MaxValue))
            await ResendAsync(job, cancellationToken);
    }

    /// <summary>Storage deletes what it has stored by itself; what an unfinished job has left is deleted on request.</summary>
    async Task ForgetAsync(string id, CancellationToken cancellationToken)
    {
        var job = await ledger.ChangeAsync(id, (row, _) => row.LoseResults(), cancellationToken);
        if (job is { Result: null })
            await bus.PublishAsync(new DeleteResults(job.Tenant, job.Id), cancellationToken);
    }

    Task ResendAsync(string id, CancellationToken cancellationToken) => ledger.ChangeAsync(id, (job, now) =>
    {
        if (job.Status != JobStatus.Processing)
            return;
        if (job.Resends >= limits.Value.MaxResends)
            job.Fail(
                job.Stage,
                $"Nothing was heard of the {job.Stage?.ToString().ToLowerInvariant()} any more. Submit the job again.",
                now);
        else
            job.Requeued(now);
    }, cancellationToken);

    async Task<List<string>> FindAsync(
        System.Linq.Expressions.Expression<Func<Job, bool>> which, CancellationToken cancellationToken, int atMost = AtOnce)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.Where(which).OrderBy(job => job.CreatedAt)
            .Select(job => job.Id).Take(atMost).ToListAsync(cancellationToken);
    }
}
