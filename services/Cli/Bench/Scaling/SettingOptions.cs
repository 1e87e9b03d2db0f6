using System.CommandLine;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Scaling;

/// <summary>The options that say what KEDA and the HPA are told; of several values all combinations are tried.</summary>
sealed class SettingOptions
{
    const int Hour = 3600;

    readonly Option<double[]> target = OptionOf.Numbers("--target",
        "Open jobs for each pod, those that are drawn included. [default: 20,40,80,160]", 0.1, 1e6, 20, 40, 80, 160);
    readonly Option<double[]> polling = OptionOf.Numbers("--polling", "KEDA's pollingInterval in seconds. [default: 30]", 1.0,
        Hour, 30);
    readonly Option<double[]> cooldown = OptionOf.Numbers("--cooldown",
        "KEDA's cooldownPeriod in seconds, from the last job to no pod. [default: 300]", 0.0, 24 * Hour, 300);
    readonly Option<double[]> stabilization = OptionOf.Numbers("--stabilization",
        "The HPA's stabilizationWindowSeconds downwards. [default: 60,300]", 0.0, Hour, 60, 300);
    readonly Option<string[]> scaleDown = OptionOf.Texts("--scale-down",
        "Pods that may go in so many seconds, as in 1/60, or all. May be repeated. [default: all]", "PODS/SECONDS");
    readonly Option<int?> least = OptionOf.Number("--min", "minReplicaCount. [default: 0]", 0, 1000);
    readonly Option<int?> most = OptionOf.Number("--max", "maxReplicaCount. [default: 10]", 1, 1000);
    readonly Option<int?> activation = OptionOf.Number("--activation",
        "More open jobs than this wake the first pod. [default: 0]", 0, int.MaxValue);
    readonly Option<double?> startup = OptionOf.Number("--startup",
        "Seconds from a pod's creation to its first job: node, image, model. [default: 120]", 0.0, Hour);

    public IEnumerable<Option> All => [target, polling, cooldown, stabilization, scaleDown, least, most, activation, startup];

    /// <exception cref="UsageException">Values contradict each other.</exception>
    public IReadOnlyList<ScalingSettings> Read(ParseResult line)
    {
        var (min, max) = (line.GetValue(least) ?? 0, line.GetValue(most) ?? 10);
        if (min > max)
            throw new UsageException($"--min must not be above --max, which is {max}.");
        return [..
            from jobs in line.GetRequiredValue(target)
            from poll in line.GetRequiredValue(polling)
            from cool in line.GetRequiredValue(cooldown)
            from window in line.GetRequiredValue(stabilization)
            from policy in line.GetValue(scaleDown) is { Length: > 0 } given ? given.Select(ScaleDownPolicy.Parse)
                : [ScaleDownPolicy.All]
            select new ScalingSettings
            {
                Target = jobs,
                PollingInterval = poll,
                CooldownPeriod = cool,
                Stabilization = window,
                ScaleDown = policy,
                MinReplicas = min,
                MaxReplicas = max,
                Activation = line.GetValue(activation) ?? 0,
                Startup = line.GetValue(startup) ?? 120,
            }];
    }
}
