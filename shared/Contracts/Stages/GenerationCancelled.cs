namespace RdmCloud.Contracts.Stages;

/// <summary>Told to every worker: whoever holds the job lets it go.</summary>
public sealed record GenerationCancelled(JobReference Job);
