namespace RdmCloud.Contracts.Stages;

/// <param name="Seconds">How long the device worked on it; a job that shares a batch is charged its share.</param>
public sealed record ImagesSampled(JobReference Job, double Seconds);
