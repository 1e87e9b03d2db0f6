using System.Text.Json;
using System.Text.RegularExpressions;

namespace RdmCloud.Gateway;

/// <summary>Says what is wrong with a body in the words of its sender, who knows no types of ours.</summary>
static partial class JsonProblems
{
    public static string Say(JsonException exception)
    {
        if (Unknown().Match(exception.Message) is { Success: true } unknown)
            return $"There is no field '{unknown.Groups[1].Value}'.";
        if (Missing().Match(exception.Message) is { Success: true } missing)
            return $"It lacks {missing.Groups[1].Value}.";
        return exception.Path is { Length: > 1 } path
            && exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? $"The value of '{path.TrimStart('$', '.')}' is not of the kind that it should be."
            : $"It is not valid JSON, from line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1} on.";
    }

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*)\\.$")]
    private static partial Regex Missing();
}
