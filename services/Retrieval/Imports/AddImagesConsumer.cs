using System.Text.Json;
using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Imports;

/// <summary>Puts a batch of embedded images into its database.</summary>
sealed class AddImagesConsumer(ImportLedger imports, IndexShelf shelf, IObjectStore objects, ImportEnding ending)
    : IConsumer<ImagesEmbedded>
{
    public async Task Consume(ConsumeContext<ImagesEmbedded> context)
    {
        var (batch, cancellationToken) = (context.Message, context.CancellationToken);
        if (!await imports.IsOpenAsync(batch.Import, cancellationToken))
            return;
        if (!await imports.HasAsync(batch.Import, batch.Batch, cancellationToken))
        {
            var embedded = await ReadAsync(batch.RowsKey, cancellationToken);
            await shelf.ChangeAsync(batch.Database, index => index.UpsertAsync(
                embedded.Images.Select(RowOf).ToAsyncEnumerable(), cancellationToken: cancellationToken), cancellationToken);
            await imports.AddAsync(batch.Import, batch.Batch, embedded.Images.Count, embedded.Refused, cancellationToken);
        }
        await ending.CompleteAsync(batch, cancellationToken);
    }

    async Task<EmbeddedImages> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await objects.OpenAsync(key, cancellationToken)
            ?? throw new RefusedException("The embedded images are not there any more. Import again.");
        return (await JsonSerializer.DeserializeAsync<EmbeddedImages>(stored.Content, RemoteAnswers.Json, cancellationToken))!;
    }

    static DatabaseRow RowOf(EmbeddedImage embedded)
    {
        var (id, title, author, license, source) = embedded.Image;
        return new(PackedEmbedding.Unpack(embedded.Embedding), new(id, source, title, author, license), embedded.Thumbnail);
    }
}
