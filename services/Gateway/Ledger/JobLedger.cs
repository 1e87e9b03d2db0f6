using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Telemetry;

namespace RdmCloud.Gateway.Ledger;

/// <summary>The one place that knows and changes a job's state.</summary>
public sealed class JobLedger(IDbContextFactory<LedgerContext> contexts, LedgerSignals signals, JobMeter meter, TimeProvider time)
{
    const int MostTries = 20; // two changes at once are rare, and more hardly happen

    public async Task AddAsync(Job job, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ahead = await context.Jobs.CountAsync(
            other => other.Status == JobStatus.Queued && other.Tenant == job.Tenant && other.Priority >= job.Priority,
            cancellationToken);
        job.Accepted(ahead, time.GetUtcNow());
        context.Jobs.Add(job);
        await SaveAsync(context, [job], cancellationToken);
    }

    public async Task<Job?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Jobs.AsNoTracking()
            .SingleOrDefaultAsync(job => job.Id == id && job.Tenant == tenant, cancellationToken);
    }

    public async Task<IReadOnlyList<JobEvent>> EventsAsync(string job, int after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Events.AsNoTracking()
            .Where(happened => happened.Job == job && happened.Sequence > after)
            .OrderBy(happened => happened.Sequence)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Changes a job as one of its methods says; what its state has passed changes nothing.</summary>
    /// <returns>The job as it is then; null where there is none.</returns>
    public async Task<Job?> ChangeAsync(string id, Action<Job, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await context.Jobs.SingleOrDefaultAsync(job => job.Id == id, cancellationToken) is not { } job)
                return null;
            var before = job.Version;
            change(job, time.GetUtcNow());
            if (job.Version == before)
                return job;
            try
            {
                await SaveAsync(context, [job], cancellationToken);
                return job;
            }
            catch (DbUpdateException) when (tries < MostTries)
            {
                // Someone else was faster: look again at what is left to change.
            }
        }
    }

    /// <summary>Saves jobs with what webhooks are to be told of them, all or nothing, and wakes who waits.</summary>
    internal async Task SaveAsync(LedgerContext context, IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        foreach (var happened in jobs.SelectMany(job => job.Events))
            if (JobEventTypes.ForWebhooks(happened.Type) is { } type)
                context.Outbox.Add(new() { Job = happened.Job, Sequence = happened.Sequence, Type = type, At = happened.At });
        await context.SaveChangesAsync(cancellationToken);
        foreach (var job in jobs)
        {
            foreach (var happened in job.Events)
                meter.Note(job, happened);
            signals.Changed(job);
        }
    }
}
