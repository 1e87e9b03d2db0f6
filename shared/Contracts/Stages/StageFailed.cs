namespace RdmCloud.Contracts.Stages;

/// <param name="Reason">For the tenant: what was wrong and what to do.</param>
/// <param name="Transient">Trying again may help.</param>
public sealed record StageFailed(JobReference Job, Stage Stage, string Reason, bool Transient);
