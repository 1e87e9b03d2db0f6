using System.Globalization;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Scaling.Autoscaling;

/// <summary>So many pods may go within so many seconds.</summary>
readonly record struct ScaleDownPolicy(int Pods, double Seconds)
{
    /// <summary>Kubernetes' default: all of them, every 15 s.</summary>
    public static ScaleDownPolicy All { get; } = new(int.MaxValue, 15);

    /// <summary>As the command line says it: PODS/SECONDS, or all.</summary>
    /// <exception cref="UsageException">It is said differently.</exception>
    public static ScaleDownPolicy Parse(string text) =>
        text == "all" ? All
        : text.Split('/') is [var pods, var seconds]
        && int.TryParse(pods, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var period) && period is > 0 and <= 1800
            ? new(number, period)
            : throw new UsageException($"--scale-down must be PODS/SECONDS with 1800 s at the most, as in 1/60, or all, not "
                + $"'{text}'.");

    public override string ToString() => this == All ? "all" : string.Create(CultureInfo.InvariantCulture, $"{Pods}/{Seconds}");
}
