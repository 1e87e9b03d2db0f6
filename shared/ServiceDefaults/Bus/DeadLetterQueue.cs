using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>
/// A queue while an operator looks: messages are taken without saying that they are done, and when this is disposed of the
/// broker has them back, in their order.
/// </summary>
sealed class DeadLetterQueue(IChannel channel, string name) : IAsyncDisposable
{
    /// <summary>Until there is none left; the broker's own count of them lags behind.</summary>
    public async IAsyncEnumerable<BasicGetResult> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await TakeOneAsync(cancellationToken) is { } message)
            yield return message;
    }

    /// <summary>Sends a message to its queue again.</summary>
    /// <exception cref="PublishException">There is no such queue; the message stays here.</exception>
    public async Task SendAsync(BasicGetResult message, string queue, CancellationToken cancellationToken)
    {
        var again = new BasicProperties(message.BasicProperties) { Persistent = true };
        again.Headers = new Dictionary<string, object?>(again.Headers ?? new Dictionary<string, object?>())
        {
            [DeadLetterReader.SentAgain] = DeadLetterReader.SentAgainCount(message.BasicProperties) + 1,
        };
        // A process that ends after this leaves the message in both queues, which does no harm.
        await channel.BasicPublishAsync(queue, message.RoutingKey, mandatory: true, again, message.Body, cancellationToken);
        await RemoveAsync(message, cancellationToken);
    }

    public Task RemoveAsync(BasicGetResult message, CancellationToken cancellationToken) =>
        channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (channel.IsOpen)
            await channel.BasicNackAsync(deliveryTag: 0, multiple: true, requeue: true);
        await channel.DisposeAsync();
    }

    async Task<BasicGetResult?> TakeOneAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.BasicGetAsync(name, autoAck: false, cancellationToken);
        }
        catch (OperationInterruptedException absent) when (absent.ShutdownReason?.ReplyCode == 404)
        {
            return null; // the queue comes with the first message
        }
    }
}
