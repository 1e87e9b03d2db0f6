namespace RdmCloud.Cli.Bench.Scaling.Autoscaling;

/// <summary>What a KEDA ScaledObject and the HPA that it makes are told. Times are in seconds.</summary>
sealed record ScalingSettings
{
    /// <summary>Open jobs for each pod.</summary>
    public double Target { get; init; } = 20;

    public double PollingInterval { get; init; } = 30;

    /// <summary>More open jobs than this wake the first pod.</summary>
    public int Activation { get; init; }

    /// <summary>From the last open job to no pod at all.</summary>
    public double CooldownPeriod { get; init; } = 300;

    public int MinReplicas { get; init; }

    public int MaxReplicas { get; init; } = 10;

    /// <summary>A pod goes when none of the recommendations of so long asked for it.</summary>
    public double Stabilization { get; init; } = 300;

    public ScaleDownPolicy ScaleDown { get; init; } = ScaleDownPolicy.All;

    /// <summary>From a pod's creation to its first job: a node, the image, the model.</summary>
    public double Startup { get; init; } = 120;
}
