using RdmCloud.Diffusion.Models;

namespace RdmCloud.Diffusion.Import;

/// <summary>The model that was made, and what a person should know about it.</summary>
public sealed record ImportReport(ModelDirectory Model, IReadOnlyList<string> Warnings);
