using System.ComponentModel.DataAnnotations;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>Section <c>Stages</c>: the same for every service of an installation.</summary>
public sealed class StageOptions
{
    public const string Section = "Stages";

    /// <summary>How often a job walks through the chain before a failure that might pass is its end. [default: 3]</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 3;
}
