using System.ComponentModel.DataAnnotations;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>The broker, as <c>amqp://user:password@host:port/vhost</c>. Without one messages stay in this process.</summary>
    public Uri? RabbitMq { get; set; }

    /// <summary>Brokers that hold a copy of each queue. [default: 1]</summary>
    [Range(1, 9)]
    public int Replicas { get; set; } = 1;

    /// <summary>Deliveries of a message whose worker dies before it goes to the dead letters. [default: 4]</summary>
    [Range(1, 100)]
    public int DeliveryLimit { get; set; } = 4;

    /// <summary>How long a stopping worker may take for what it has begun. [default: 20 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long nothing may come over the bus while the broker answers, before the process ends to be started again.
    /// [default: 1 min]
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
