using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>The same with RabbitMQ's own client: quorum queues, confirmed publishing, acknowledged by hand.</summary>
sealed class RawHops(IConnection connection, IChannel first) : IAsyncDisposable
{
    const int Hops = 5, Prefetch = 16;

    readonly ConcurrentDictionary<string, TaskCompletionSource> arrivals = [];

    public static async Task<RawHops> StartAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var hops = new RawHops(connection, await ChannelAsync(connection));
        for (var hop = 0; hop < Hops; hop++)
            await hops.ListenAsync(hop);
        return hops;
    }

    public async Task GoAsync(byte[] load)
    {
        var id = Guid.NewGuid().ToString();
        var arrived = arrivals[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PublishAsync(first, 0, id, load);
        await arrived.Task;
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    static Task<IChannel> ChannelAsync(IConnection connection) => connection.CreateChannelAsync(
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true,
            consumerDispatchConcurrency: Prefetch));

    static ValueTask PublishAsync(IChannel channel, int hop, string id, ReadOnlyMemory<byte> load) => channel.BasicPublishAsync(
        "", $"raw-hop-{hop}", mandatory: true, new BasicProperties { Persistent = true, MessageId = id }, load);

    async Task ListenAsync(int hop)
    {
        var channel = await ChannelAsync(connection);
        await channel.QueueDeclareAsync($"raw-hop-{hop}", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var id = message.BasicProperties.MessageId!;
            if (hop == Hops - 1)
                arrivals[id].TrySetResult();
            else
                await PublishAsync(channel, hop + 1, id, message.Body);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync($"raw-hop-{hop}", autoAck: false, consumer);
    }
}
