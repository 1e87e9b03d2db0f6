namespace RdmCloud.Cli.Bench.Scaling.Autoscaling;

/// <summary>
/// Kubernetes' HorizontalPodAutoscaler with an external metric and a value for each pod, which is what KEDA makes: between one
/// pod
/// and many. Upwards it has the defaults: at once, 4 pods or the double in 15 s, whichever is more.
/// </summary>
sealed class HorizontalAutoscaler(ScalingSettings settings)
{
    public const double SyncPeriod = 15;

    const double Tolerance = 0.1, ScaleUpPeriod = 15;
    const int ScaleUpPods = 4;

    readonly List<(double At, int Replicas)> recommendations = [];
    readonly List<(double At, int Pods)> changes = [];

    /// <summary>How many pods there are to be.</summary>
    public int Decide(double now, int replicas, int metric)
    {
        var ratio = metric / (settings.Target * replicas);
        var recommended = Math.Abs(1 - ratio) > Tolerance ? (int)Math.Ceiling(metric / settings.Target) : replicas;
        var decided = Math.Clamp(Paced(now, replicas, Stabilized(now, replicas, recommended)), Math.Max(1, settings.MinReplicas),
            settings.MaxReplicas);
        if (decided != replicas)
            changes.Add((now, decided - replicas));
        return decided;
    }

    /// <summary>Downwards no further than the highest recommendation of late.</summary>
    int Stabilized(double now, int replicas, int recommended)
    {
        if (recommendations.Count == 0)
            recommendations.Add((now, replicas));
        recommendations.RemoveAll(earlier => earlier.At <= now - settings.Stabilization);
        var highest = recommendations.Select(earlier => earlier.Replicas).Append(recommended).Max();
        recommendations.Add((now, recommended));
        return Math.Clamp(replicas, recommended, Math.Max(highest, recommended));
    }

    /// <summary>No more at once than the policies allow.</summary>
    int Paced(double now, int replicas, int wanted)
    {
        if (wanted > replicas)
        {
            var before = replicas - ChangeSince(now - ScaleUpPeriod);
            return Math.Min(wanted, Math.Max(before + ScaleUpPods, 2 * before));
        }
        var start = replicas - ChangeSince(now - settings.ScaleDown.Seconds);
        return Math.Max(wanted, Math.Max(0, start - settings.ScaleDown.Pods));
    }

    int ChangeSince(double time) => changes.Where(change => change.At > time).Sum(change => change.Pods);
}
