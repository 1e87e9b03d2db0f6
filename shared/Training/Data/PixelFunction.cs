namespace RdmCloud.Training.Data;

/// <summary>
/// Writes a picture computed from <paramref name="source"/> into <paramref name="target"/>; both are RGB bytes by rows.
/// </summary>
public delegate void PixelFunction(ReadOnlySpan<byte> source, Span<byte> target, int width);
