using System.Text.Json;
using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Embedding.Imports;

sealed class EmbedImagesConsumer(ImportEmbedder embedder, IObjectStore objects, ILogger<EmbedImagesConsumer> logger)
    : IConsumer<EmbedImages>
{
    public async Task Consume(ConsumeContext<EmbedImages> context)
    {
        var (command, cancellationToken) = (context.Message, context.CancellationToken);
        try
        {
            var embedded = await embedder.EmbedAsync(command, cancellationToken);
            var rows = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(embedded, RemoteAnswers.Json));
            await objects.PutAsync(command.RowsKey, rows, "application/json", cancellationToken);
            await context.SendToAsync(ImportQueues.AddImages,
                new ImagesEmbedded(command.Tenant, command.Database, command.Import, command.Batch, command.RowsKey),
                cancellationToken);
        }
        catch (RefusedException refused)
        {
            await FailAsync(refused.Message);
        }
        catch (Exception exception)
            when (!cancellationToken.IsCancellationRequested && context.GetRetryAttempt() == EmbedImagesDefinition.Retries)
        {
            logger.LogError(exception, "Batch {Batch} of import {Import} of tenant {Tenant} failed",
                command.Batch, command.Import, command.Tenant);
            await FailAsync("The images could not be embedded, and trying again did not help.");
            throw;
        }

        Task FailAsync(string reason) => context.PublishAsync(
            new EmbeddingFailed(command.Tenant, command.Database, command.Import, command.Batch, reason), cancellationToken);
    }
}
