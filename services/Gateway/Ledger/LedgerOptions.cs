using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Gateway.Ledger;

/// <summary>Section <c>Ledger</c>.</summary>
public sealed class LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary>A stage that was not heard of for so long has lost the job, and it is sent again. [default: 1 min]</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan StageTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The same while it waits for a sampling worker, or is drawn, which reports progress. [default: 5 min]</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SamplingTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a job is sent again before it has failed. [default: 20]</summary>
    [Range(1, 1000)]
    public int MaxResends { get; set; } = 20;

    /// <summary>The wait after a first failure that may pass; it doubles with each further one. [default: 2 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan DelayOf(int attempt) => RetryDelay * Math.Pow(2, Math.Min(attempt, 10) - 1);
}
