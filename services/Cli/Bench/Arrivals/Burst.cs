using System.Globalization;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>A time in which jobs come at another rate.</summary>
readonly record struct Burst(double Rate, double From, double Length)
{
    public double End => From + Length;

    /// <summary>As the command line says it: RATE@FROM+LENGTH.</summary>
    /// <exception cref="UsageException">It is said differently.</exception>
    public static Burst Parse(string text) =>
        text.Split('@', '+') is [var rate, var from, var length]
        && Number(rate) is { } perSecond && Number(from) is { } start && Number(length) is > 0 and { } seconds
            ? new(perSecond, start, seconds)
            : throw new UsageException($"--burst must be RATE@FROM+LENGTH, as in 20@60+30 for 20 jobs a second from second 60 "
                + $"on for 30 s, not '{text}'.");

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? number : null;
}
