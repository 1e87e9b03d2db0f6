using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>Section <c>Dispatch</c>.</summary>
public sealed class DispatchOptions
{
    public const string Section = "Dispatch";

    /// <summary>
    /// Pictures that may be on their way to the workers, as a multiple of what these draw at once: a little above 1 keeps them
    /// busy, and all above it is a queue that fairness has no say in. [default: 1.25]
    /// </summary>
    [Range(1.0, 10.0)]
    public double Window { get; set; } = 1.25;

    /// <summary>A worker that was not heard of for so long is gone. [default: 20 s]</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WorkerTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often the ledger is looked at for what other replicas have changed. [default: 0.5 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}
