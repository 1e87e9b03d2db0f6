using System.Net.Security;
using System.Net.Sockets;
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

    // The client takes half a minute to give up on a broker that stands still.
    async Task<bool> BrokerAnswersAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(interval);
        try
        {
            var broker = new AmqpTcpEndpoint(options.Value.RabbitMq!);
            using var client = new TcpClient();
            await client.ConnectAsync(broker.HostName, broker.Port, limit.Token);
            await using var stream = await SecuredAsync(client.GetStream(), broker, limit.Token);
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), limit.Token);
            return await stream.ReadAsync(new byte[1], limit.Token) > 0;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    static async Task<Stream> SecuredAsync(Stream stream, AmqpTcpEndpoint broker, CancellationToken cancellationToken)
    {
        if (!broker.Ssl.Enabled)
            return stream;
        var secured = new SslStream(stream);
        await secured.AuthenticateAsClientAsync(new() { TargetHost = broker.HostName }, cancellationToken);
        return secured;
    }
}
