using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.Storage.Results;

namespace RdmCloud.Storage.Retention;

/// <summary>Deletes all that a job has left, as often as it is asked to.</summary>
sealed class ResultDeletion(IObjectStore objects, IBus bus)
{
    public async Task DeleteAsync(string tenant, string job, CancellationToken cancellationToken)
    {
        await foreach (var found in objects.ListAsync(ResultFolder.Of(tenant, job), cancellationToken))
            await objects.DeleteAsync(found.Key, cancellationToken);
        await foreach (var found in objects.ListAsync($"{ObjectKey.Transit}{job}/", cancellationToken))
            await objects.DeleteAsync(found.Key, cancellationToken);
        await bus.PublishAsync(new ResultsExpired(tenant, job), cancellationToken);
    }
}
