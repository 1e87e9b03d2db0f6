using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Retrieval.Imports;

/// <summary>
/// Lists an import's source and has it embedded in batches. The original's parts, which are embedded, go straight in.
/// </summary>
sealed class ImportImagesConsumer(ImportLedger imports, SourceFiles sources, PartsImport parts, ImportEnding ending)
    : IConsumer<ImportImages>
{
    const int BatchSize = 32;

    public async Task Consume(ConsumeContext<ImportImages> context)
    {
        var (command, cancellationToken) = (context.Message, context.CancellationToken);
        if (!await imports.IsOpenAsync(command.Import, cancellationToken))
            return;
        if (command.Source.Kind == ImportKind.Npz)
            await parts.AddAsync(command, cancellationToken);
        else
            await SendAsync(context, command, cancellationToken);
        await ending.CompleteAsync(command, cancellationToken);
    }

    async Task SendAsync(ISendEndpointProvider bus, ImportImages command, CancellationToken cancellationToken)
    {
        var (files, metadata) = await sources.ListAsync(command.Source, cancellationToken);
        var plan = ImportPlan.Of(files, metadata, command.Source.License);
        ImageToEmbed[][] batches = [.. plan.Images.Chunk(BatchSize)];
        await imports.AddAsync(command.Import, ImportBatch.Listing, done: 0, plan.Refused, cancellationToken);
        await imports.ListedAsync(command.Import, plan.Images.Count + plan.Refused.Count, batches.Length, cancellationToken);
        foreach (var (batch, images) in batches.Index())
            await bus.SendToAsync(
                ImportQueues.EmbedImages,
                new EmbedImages(
                    command.Tenant, command.Database, command.Import, batch,
                    command.Source.Model, images, ImportKeys.Batch(command, batch), command.TraceParent),
                cancellationToken);
    }
}
