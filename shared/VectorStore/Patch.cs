namespace RdmCloud.VectorStore;

/// <summary>A rectangle of an image in pixels, x to the right, y down; (X1, Y1) lies just outside.</summary>
public readonly record struct Patch(int X0, int Y0, int X1, int Y1);
