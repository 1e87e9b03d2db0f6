namespace RdmCloud.Contracts.Stages;

/// <param name="Truncated">The prompt was longer than the model reads, and its end was cut off.</param>
public sealed record PromptEmbedded(JobReference Job, bool Truncated);
