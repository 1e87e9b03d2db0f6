using RdmCloud.ObjectStore;

namespace RdmCloud.Storage.Retention;

/// <summary>Deletes what has expired. Several at once do no harm: deleting is the same however often.</summary>
sealed class RetentionSweep(IObjectStore objects, RetentionIndex index, ResultDeletion deletion, TimeProvider time)
{
    static readonly TimeSpan transitLifetime = TimeSpan.FromDays(1);

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await foreach (var job in index.DueAsync(now, cancellationToken))
        {
            await deletion.DeleteAsync(job.Tenant, job.Job, cancellationToken);
            await index.RemoveAsync(job, cancellationToken); // last, so that a sweep cut short is taken up again
        }
        await foreach (var left in objects.ListAsync(ObjectKey.Transit, cancellationToken))
            if (now - left.LastModified > transitLifetime)
                await objects.DeleteAsync(left.Key, cancellationToken);
    }
}
