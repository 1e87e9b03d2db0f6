namespace RdmCloud.Images;

/// <summary>One picture of a contact sheet.</summary>
/// <param name="Image">The picture; all of a sheet are of one size.</param>
/// <param name="Neighbors">The pictures that shaped it, of any sizes, which stand small beneath it; none leaves no gap.</param>
public sealed record ContactSheetCell(RgbImage Image, IReadOnlyList<RgbImage> Neighbors);
