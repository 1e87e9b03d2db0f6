namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>A job that is to be submitted at a time, whatever became of the ones before it.</summary>
/// <param name="At">Seconds after the start.</param>
/// <param name="Style">A database's id; null for the model's own.</param>
sealed record Arrival(double At, string Tenant, int Pictures, int Steps, string? Style = null)
{
    /// <summary>What it takes of the workers, as the fair share counts it.</summary>
    public int Cost => Pictures * Steps;
}
