using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Ends a process whose bus is dead while the broker is not, so that it is started again.</summary>
/// <remarks>
/// A connection of RabbitMQ's client that breaks amid a publication may hang in its own end: nothing is sent from then on and
/// nothing comes, nobody is told of it, and no other connection is made.
/// </remarks>
sealed class BusWatch(
    IBus bus, Pulse pulse, IOptions<BusOptions> options, TimeProvider time, ILogger<BusWatch> logger) : BackgroundService
{
    readonly TimeSpan interval = options.Value.SilenceTimeout / 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SendAsync(stoppingToken);
            if (pulse.Silence > 2 * interval && !await BrokerAnswersAsync(stoppingToken))
                pulse.Hear(); // whose silence it is will be seen when the broker is back
            if (pulse.Silence > options.Value.SilenceTimeout)
                throw new BusLostException(options.Value.SilenceTimeout);
        }
    }

    async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            await bus.SendToAsync(pulse.Address, new BusPulse(), interval, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogDebug(exception, "This process could not send itself a message");
        }
    }

    /// <summary>Whether a message gets through meanwhile. A broker that is away, or takes none at the moment, ends no process.</summary>
    async Task<bool> BrokerAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The client takes half a minute to give up on a broker that stands still.
            await SendOtherwiseAsync(cancellationToken).WaitAsync(interval, time, cancellationToken);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task SendOtherwiseAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            Uri = options.Value.RabbitMq!, ClientProvidedName = "bus watch", AutomaticRecoveryEnabled = false,
        };
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(confirmed, cancellationToken);
        var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
        await channel.BasicPublishAsync("", queue.QueueName, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }
}
