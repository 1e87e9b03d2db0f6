using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>How messages are sent: never without a limit.</summary>
/// <remarks>
/// The client of RabbitMQ waits for ever for a confirmation that was on its way when a connection broke. Whoever sends would
/// hang, and with it all that waits behind: a partition of a queue, the outbox.
/// </remarks>
public static class Sending
{
    // Longer than a broker takes to start again.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends a command to its queue. On RabbitMQ this ends when the broker has it in a queue.</summary>
    /// <exception cref="MessageReturnedException">No service that reads the queue has ever started.</exception>
    /// <exception cref="UnconfirmedException">The broker did not answer; it may have the message or not.</exception>
    public static Task SendToAsync<T>(
        this ISendEndpointProvider bus, string queue, T command, CancellationToken cancellationToken)
        where T : class =>
        bus.SendToAsync(queue, command, patience, cancellationToken);

    /// <param name="atMost">To wait for the broker.</param>
    public static Task SendToAsync<T>(
        this ISendEndpointProvider bus, string queue, T command, TimeSpan atMost, CancellationToken cancellationToken)
        where T : class =>
        AnsweredAsync<T>(async token =>
        {
            // An exchange: a queue address would declare the queue again, as another type, and loop on the broker's refusal.
            var endpoint = await bus.GetSendEndpoint(new($"exchange:{queue}"));
            await endpoint.Send(command, Pipe.Execute<SendContext<T>>(MustArrive), token);
        }, atMost, cancellationToken);

    /// <summary>Tells of an event all who want to hear of it. On RabbitMQ this ends when the broker has it.</summary>
    /// <exception cref="UnconfirmedException">The broker did not answer; it may have the message or not.</exception>
    public static Task PublishAsync<T>(this IPublishEndpoint bus, T message, CancellationToken cancellationToken)
        where T : class =>
        bus.PublishAsync(message, patience, cancellationToken);

    /// <param name="atMost">To wait for the broker.</param>
    public static Task PublishAsync<T>(this IPublishEndpoint bus, T message, TimeSpan atMost, CancellationToken cancellationToken)
        where T : class =>
#pragma warning disable RS0030 // this is the one place
        AnsweredAsync<T>(token => bus.Publish(message, token), atMost, cancellationToken);
#pragma warning restore RS0030

    static async Task AnsweredAsync<T>(
        Func<CancellationToken, Task> sending, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        try
        {
            // Not everywhere on its way does it look at the token.
            await sending(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnconfirmedException(typeof(T).Name, atMost);
        }
    }

    // The broker would take a message that no queue waits for, and forget it.
    static void MustArrive(SendContext message)
    {
        if (message.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }
}
