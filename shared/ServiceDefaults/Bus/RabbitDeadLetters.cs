using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>
/// Takes messages without saying that they are done, so that the broker has them back, in their order, as soon as the channel
/// closes. An operator looks rarely: each call has a connection of its own.
/// </summary>
sealed class RabbitDeadLetters(IOptions<BusOptions> options) : IDeadLetters
{
    const int Limit = 1000;

    static readonly string[] kinds = [Rabbit.Errors, Rabbit.Dead, Rabbit.Skipped];

    /// <summary>Where a message goes when it is sent again, by where it lies.</summary>
    static readonly IReadOnlyDictionary<string, string> sources = kinds
        .SelectMany(kind => StageQueues.All.Concat(ImportQueues.All), (kind, queue) => (Dead: queue + kind, Source: queue))
        .ToDictionary(pair => pair.Dead, pair => pair.Source);

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        foreach (var queue in sources.Keys)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            await foreach (var message in TakeAsync(channel, queue, cancellationToken).Take(Limit))
                letters.Add(DeadLetterReader.Read(queue, message));
        }
        return letters;
    }

    public async Task<DeadLetterContent?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        DeadLetterContent? content = null;
        await WithAsync(queue, id, (_, message) =>
        {
            content = new(DeadLetterReader.Read(queue, message), Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        }, cancellationToken);
        return content;
    }

    public Task<bool> SendAgainAsync(string queue, string id, CancellationToken cancellationToken) =>
        WithAsync(queue, id, async (channel, message) =>
        {
            var again = new BasicProperties(message.BasicProperties) { Persistent = true };
            again.Headers = new Dictionary<string, object?>(again.Headers ?? new Dictionary<string, object?>())
            {
                [DeadLetterReader.SentAgain] = DeadLetterReader.SentAgainCount(message.BasicProperties) + 1,
            };
            // It is in its queue, or this throws; a process that ends in between leaves it in both, which does no harm.
            await channel.BasicPublishAsync(sources[queue], message.RoutingKey, mandatory: true, again, message.Body, cancellationToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
        }, cancellationToken);

    public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        WithAsync(queue, id, (channel, message) =>
            channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken).AsTask(), cancellationToken);

    async Task<bool> WithAsync(string queue, string id, Func<IChannel, BasicGetResult, Task> act, CancellationToken cancellationToken)
    {
        if (!sources.ContainsKey(queue))
            return false;
        await using var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new(true, true), cancellationToken);
        await foreach (var message in TakeAsync(channel, queue, cancellationToken))
            if (DeadLetterReader.Read(queue, message).Id == id)
            {
                await act(channel, message);
                return true;
            }
        return false;
    }

    static async IAsyncEnumerable<BasicGetResult> TakeAsync(
        IChannel channel, string queue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only what is there now: what others give back in the meantime would come a second time.
        for (var left = await CountAsync(channel, queue, cancellationToken); left > 0; left--)
            if (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } message)
                yield return message;
    }

    static async Task<uint> CountAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.MessageCountAsync(queue, cancellationToken);
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == 404)
        {
            return 0; // nothing has failed yet
        }
    }

    Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = options.Value.RabbitMq!, ClientProvidedName = "dead letters" }.CreateConnectionAsync(cancellationToken);
}
