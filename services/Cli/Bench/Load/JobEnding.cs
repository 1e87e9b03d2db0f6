namespace RdmCloud.Cli.Bench.Load;

/// <summary>How a job ended.</summary>
/// <param name="Error">Null for a job that was drawn; else what kind of end it was, the same for all of a kind.</param>
/// <param name="Stages">Seconds in each part of its way, as far as the gateway tells.</param>
sealed record JobEnding(string? Error, IReadOnlyDictionary<string, double> Stages)
{
    public const string Interrupted = "interrupted", Unfinished = "not over in time";

    public static JobEnding Failed(string error) => new(error, new Dictionary<string, double>());
}
