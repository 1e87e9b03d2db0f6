namespace RdmCloud.Images;

/// <summary>A rectangle of pixels within a picture.</summary>
public readonly record struct PixelWindow(int Left, int Top, int Width, int Height);
