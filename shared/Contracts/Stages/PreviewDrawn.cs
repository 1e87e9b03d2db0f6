namespace RdmCloud.Contracts.Stages;

/// <param name="Key">Of the preview in the object store, below <c>transit/</c>.</param>
public sealed record PreviewDrawn(JobReference Job, int Picture, int Step, string Key);
