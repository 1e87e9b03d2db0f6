namespace RdmCloud.Images;

/// <summary>Small pictures that stand for large ones.</summary>
public static class Thumbnail
{
    /// <summary>The picture, shrunk until neither side is longer than asked; a smaller one is not enlarged.</summary>
    public static RgbImage Of(RgbImage image, int longestSide)
    {
        var scale = Math.Min(1.0, (double)longestSide / Math.Max(image.Width, image.Height));
        return scale == 1 ? image : Resampling.Bicubic(image, Side(image.Width), Side(image.Height));

        int Side(int side) => Math.Max((int)Math.Round(side * scale), 1);
    }
}
