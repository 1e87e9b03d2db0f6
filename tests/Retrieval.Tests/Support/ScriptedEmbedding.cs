using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Retrieval.Support;

/// <summary>
/// In the embedding service's place: an image's embedding is the direction that its title names in degrees, else 0. A name with
/// "bad" in it is no picture; one with "poison" ends the import.
/// </summary>
sealed class ScriptedEmbedding
{
    public ConcurrentQueue<EmbedImages> Commands { get; } = [];

    /// <summary>How often each batch is reported, as a bus may.</summary>
    public int Deliveries { get; set; } = 1;

    public static float[] Direction(double degrees) =>
        [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180), 0, 0];

    public sealed class Consumer(ScriptedEmbedding script, IObjectStore objects) : IConsumer<EmbedImages>
    {
        public async Task Consume(ConsumeContext<EmbedImages> context)
        {
            var command = context.Message;
            script.Commands.Enqueue(command);
            if (command.Images.Any(image => image.Name.Contains("poison")))
            {
                await context.Publish(new EmbeddingFailed(
                    command.Tenant, command.Database, command.Import, command.Batch, "It is poison."));
                return;
            }
            var good = command.Images.Where(image => !image.Name.Contains("bad"));
            var embedded = new EmbeddedImages(
                [.. good.Select(image => new EmbeddedImage(
                    image.Image, PackedEmbedding.Pack(Direction(Degrees(image))), [0x89, 1, 2]))],
                [.. command.Images.Except(good).Select(image => new RefusedImage(image.Name, "not a picture"))]);
            var rows = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(embedded, RemoteAnswers.Json));
            await objects.PutAsync(command.RowsKey, rows, "application/json", context.CancellationToken);
            for (var delivery = 0; delivery < script.Deliveries; delivery++)
                await context.SendToAsync(ImportQueues.AddImages,
                    new ImagesEmbedded(command.Tenant, command.Database, command.Import, command.Batch, command.RowsKey),
                    context.CancellationToken);
        }

        static double Degrees(ImageToEmbed image) => double.TryParse(image.Image.Title, out var degrees) ? degrees : 0;
    }
}
