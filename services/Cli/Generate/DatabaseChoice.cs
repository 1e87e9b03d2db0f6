using System.Globalization;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Generate;

/// <summary>A database as the command line names it: FOLDER or FOLDER:WEIGHT.</summary>
readonly record struct DatabaseChoice(string Name, double Weight)
{
    /// <param name="exists">Tells a name with a colon in it from one with a weight.</param>
    /// <exception cref="UsageException">The weight is no number above 0.</exception>
    public static DatabaseChoice Parse(string option, string text, Predicate<string> exists)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || exists(text) || text.IndexOfAny(['/', '\\'], colon) > 0)
            return new(text, 1);
        return double.TryParse(text.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            && weight > 0 && double.IsFinite(weight)
            ? new(text[..colon], weight)
            : throw new UsageException(
                $"{option}: the weight of '{text[..colon]}' must be a number above 0, not '{text[(colon + 1)..]}'.");
    }
}
