using System.Globalization;

namespace RdmCloud.Training.Evaluation;

/// <summary>Numbers in reports.</summary>
static class Figures
{
    public static string Decibels(double ratio) =>
        double.IsNaN(ratio) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.0} dB");

    public static string Percent(double share) =>
        double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
