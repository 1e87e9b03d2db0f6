using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Retrieval.Imports;

/// <summary>
/// The end of an import: it is told, and what it was made of is deleted. Doing it twice tells the same thing twice.
/// </summary>
sealed class ImportEnding(ImportLedger imports, IndexShelf shelf, IObjectStore objects, IBus bus, TimeProvider time)
{
    /// <summary>Ends an import whose batches are all in its database; any other goes on.</summary>
    public async Task CompleteAsync(IImportStep step, CancellationToken cancellationToken)
    {
        if (!await imports.IsDoneAsync(step.Import, cancellationToken)
            || await imports.FindAsync(step.Import, cancellationToken) is not { } import)
            return;
        var error = import.Done > 0 ? null : "There was no picture that could be imported.";
        await EndAsync(step, import, error, cancellationToken);
    }

    public async Task FailAsync(IImportStep step, string reason, CancellationToken cancellationToken)
    {
        if (await imports.IsOpenAsync(step.Import, cancellationToken)
            && await imports.FindAsync(step.Import, cancellationToken) is { } import)
            await EndAsync(step, import, reason, cancellationToken);
    }

    async Task EndAsync(IImportStep step, Import import, string? error, CancellationToken cancellationToken)
    {
        var status = error is null ? ImportStatus.Completed : ImportStatus.Failed;
        var ended = import with { Status = status, Error = error, CompletedAt = time.GetUtcNow() };
        var version = (await shelf.OpenAsync(step.Database, cancellationToken)).Version;
        await bus.PublishAsync(new ImportEnded(step.Tenant, ended, version), cancellationToken);
        foreach (var left in new[] { ImportKeys.Uploads(step), ImportKeys.Rows(step) })
            await foreach (var found in objects.ListAsync(left, cancellationToken))
                await objects.DeleteAsync(found.Key, cancellationToken);
        await imports.EndAsync(ended, cancellationToken); // last, so that an end cut short is taken up again
    }
}
