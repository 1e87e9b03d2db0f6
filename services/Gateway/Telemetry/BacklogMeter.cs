using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Telemetry;

/// <summary>How many jobs wait, how long the oldest of them has, and who could draw them. Every replica tells the same.</summary>
public sealed class BacklogMeter : BackgroundService
{
    static readonly TimeSpan interval = TimeSpan.FromSeconds(5);

    readonly IDbContextFactory<LedgerContext> contexts;
    readonly Workers workers;
    readonly TimeProvider time;
    readonly ILogger logger;
    readonly Gauge<int> jobs;
    readonly Gauge<int> pictures;
    readonly Gauge<double> age;
    readonly Gauge<int> slots;
    readonly HashSet<(string Model, JobStatus Status)> told = [];

    public BacklogMeter(
        IDbContextFactory<LedgerContext> contexts, Workers workers, IMeterFactory meters, TimeProvider time,
        ILogger<BacklogMeter> logger)
    {
        (this.contexts, this.workers, this.time, this.logger) = (contexts, workers, time, logger);
        var meter = meters.Create("RdmCloud.Gateway");
        jobs = meter.CreateGauge<int>(
            "rdm.backlog.jobs", "{job}", "Jobs that are not over, by status: queued in the ledger, or processing in the chain.");
        pictures = meter.CreateGauge<int>("rdm.backlog.pictures", "{picture}", "Pictures of jobs that are not over, by status.");
        age = meter.CreateGauge<double>(
            "rdm.backlog.age", "s", "How long ago the oldest job that is not over was accepted, by status.");
        slots = meter.CreateGauge<int>(
            "rdm.workers.slots", "{picture}", "Pictures that the workers which were heard of lately can draw at once.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The backlog could not be counted; it is tried again");
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task TellAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Jobs.Where(job => job.Status == JobStatus.Queued || job.Status == JobStatus.Processing)
            .GroupBy(job => new { job.Model, job.Status })
            .Select(group => new
            {
                group.Key.Model,
                group.Key.Status,
                Jobs = group.Count(),
                Pictures = group.Sum(job => job.Pictures),
                Oldest = group.Min(job => job.CreatedAt),
            })
            .ToDictionaryAsync(group => (group.Model, group.Status), cancellationToken);
        told.UnionWith(found.Keys);
        told.UnionWith(workers.Slots().Keys
            .SelectMany(model => new[] { (model, JobStatus.Queued), (model, JobStatus.Processing) }));
        foreach (var key in told)
        {
            var group = found.GetValueOrDefault(key); // none: what was told before must not stand
            KeyValuePair<string, object?>[] tags =
                [new("model", key.Model), new("status", key.Status.ToString().ToLowerInvariant())];
            jobs.Record(group?.Jobs ?? 0, tags);
            pictures.Record(group?.Pictures ?? 0, tags);
            age.Record(group is null ? 0 : (time.GetUtcNow() - group.Oldest).TotalSeconds, tags);
        }
        foreach (var model in told.Select(key => key.Model).Distinct())
            slots.Record(workers.Slots().GetValueOrDefault(model), new KeyValuePair<string, object?>("model", model));
    }
}
