namespace RdmCloud.Diffusion.Engine;

/// <summary>How far a job is.</summary>
/// <param name="Step">Steps that its pictures have made on average, rounded down: 0…<paramref name="Steps"/>.</param>
/// <param name="Preview">Where previews were asked for and one is due.</param>
public sealed record DrawingProgress(int Step, int Steps, DrawingPreview? Preview = null);
