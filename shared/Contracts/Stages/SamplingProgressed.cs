namespace RdmCloud.Contracts.Stages;

/// <summary>Published at most twice a second for a job. Step 0 says that a worker has taken it.</summary>
public sealed record SamplingProgressed(JobReference Job, int Step, int Steps);
