namespace RdmCloud.Contracts.Generations;

/// <summary>How long the stages worked on a job, in milliseconds, as far as it has come.</summary>
public sealed record ChainTimings(
    double Embedding = 0, double Retrieval = 0, double SamplingWait = 0, double Sampling = 0, double Storage = 0);
