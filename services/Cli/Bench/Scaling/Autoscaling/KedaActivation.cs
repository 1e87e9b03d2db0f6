namespace RdmCloud.Cli.Bench.Scaling.Autoscaling;

/// <summary>
/// What KEDA does itself at each poll: from no pod to the first, and back to none when nothing was open for the cooldown.
/// </summary>
sealed class KedaActivation(ScalingSettings settings)
{
    double lastActive = double.NegativeInfinity;

    /// <summary>How many pods there are to be.</summary>
    public int Decide(double now, int replicas, int metric)
    {
        if (metric > settings.Activation)
        {
            lastActive = now;
            return replicas == 0 ? Math.Max(1, settings.MinReplicas) : replicas;
        }
        return settings.MinReplicas == 0 && now > lastActive + settings.CooldownPeriod ? 0 : replicas;
    }
}
