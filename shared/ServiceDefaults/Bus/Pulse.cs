using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>What a process sends itself, to see that its bus is alive.</summary>
public sealed record BusPulse;

/// <summary>Where this process sends its pulse, and when it felt it last.</summary>
sealed class Pulse(TimeProvider time)
{
    long heardAt = time.GetTimestamp();

    /// <summary>A queue of this process alone, which goes with it.</summary>
    public string Queue { get; } = $"{Temporary.Prefix}pulse-{Guid.NewGuid():N}";

    /// <summary>How to send to it: as its own exchange was declared.</summary>
    public string Address => $"{Queue}?autodelete=true";

    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref heardAt));

    public void Hear() => Interlocked.Exchange(ref heardAt, time.GetTimestamp());

    public void Receive(IRabbitMqReceiveEndpointConfigurator endpoint)
    {
        endpoint.AutoDelete = true;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.Handler<BusPulse>(_ =>
        {
            Hear();
            return Task.CompletedTask;
        });
    }
}
