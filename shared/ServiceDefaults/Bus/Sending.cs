using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

public static class Sending
{
    /// <summary>Sends a command to its queue. On RabbitMQ this ends when the broker has it in a queue.</summary>
    /// <exception cref="MessageReturnedException">No service that reads the queue has ever started.</exception>
    public static async Task SendToAsync<T>(
        this ISendEndpointProvider bus, string queue, T command, CancellationToken cancellationToken)
        where T : class
    {
        // An exchange: a queue address would declare the queue again, as another type, and loop on the broker's refusal.
        var endpoint = await bus.GetSendEndpoint(new($"exchange:{queue}"));
        await endpoint.Send(command, Pipe.Execute<SendContext<T>>(MustArrive), cancellationToken);
    }

    // The broker would take a message that no queue waits for, and forget it.
    static void MustArrive(SendContext message)
    {
        if (message.TryGetPayload<RabbitMqSendContext>(out var rabbit))
            rabbit.Mandatory = true;
    }
}
