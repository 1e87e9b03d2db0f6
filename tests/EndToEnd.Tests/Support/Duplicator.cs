using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RdmCloud.EndToEnd.Support;

/// <summary>
/// Has every message of these queues delivered twice, as a broker may; but not again what the second delivery of an earlier
/// stage's message has brought about, or the last stage would get sixteen for one.
/// </summary>
sealed class Duplicator(IConnection connection, IChannel channel) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, byte> copied = [];
    int copies;

    public int Copies => copies;

    public static async Task<Duplicator> StartAsync(Uri broker, params string[] queues)
    {
        var connection = await new ConnectionFactory { Uri = broker }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
        var duplicator = new Duplicator(
            connection, await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken));
        foreach (var queue in queues)
            await duplicator.DuplicateAsync(queue);
        return duplicator;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>What comes to the queue's exchange goes to a queue of ours too, and from there to the queue itself.</summary>
    async Task DuplicateAsync(string queue)
    {
        var own = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(own, exchange: queue, routingKey: "");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            if (JobOf(message.Body.Span) is { } job && !copied.TryAdd($"{queue} {job}", 0))
                return;
            Interlocked.Increment(ref copies);
            await channel.BasicPublishAsync(
                "", queue, mandatory: false, new BasicProperties(message.BasicProperties), message.Body);
        };
        await channel.BasicConsumeAsync(own, autoAck: true, consumer);
    }

    /// <summary>The job and attempt that a stage is asked for; null for all other messages.</summary>
    static string? JobOf(ReadOnlySpan<byte> body)
    {
        var envelope = JsonNode.Parse(body)!;
        return envelope["message"]!["generation"] is not null ? envelope["message"]!["job"]!.ToJsonString() : null;
    }
}
