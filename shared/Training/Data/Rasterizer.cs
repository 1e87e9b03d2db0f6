using System.Text;
using NetVips;

namespace RdmCloud.Training.Data;

/// <summary>
/// Draws pictures of any source as square RGB bytes on white: rows from the top, three bytes a pixel,
/// <c>size × size × 3</c> in all.
/// </summary>
public static class Rasterizer
{
    // Glyphs are set this many times larger than needed, so that the reduction is what smooths them.
    const int Oversampling = 4;

    // Air around a glyph, as a share of its larger side.
    const double GlyphMargin = 1.06;

    static readonly double[] White = [255, 255, 255];

    static Rasterizer()
    {
        // Pictures are drawn in parallel, not the inside of one.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
    }

    /// <summary>Draws an SVG document of <paramref name="size"/> × <paramref name="size"/> pixels.</summary>
    /// <exception cref="DatasetException">The document cannot be drawn.</exception>
    public static byte[] Svg(string svg, int size) => Draw("an SVG icon", size, () =>
    {
        using var image = Image.SvgloadBuffer(Encoding.UTF8.GetBytes(svg));
        return image.ThumbnailImage(size, height: size);
    });

    /// <summary>Draws an image file (WebP, PNG …), fitted into the square.</summary>
    /// <exception cref="DatasetException">The file cannot be read.</exception>
    public static byte[] File(string path, int size) => Draw(path, size, () => Image.Thumbnail(path, size, height: size));

    /// <summary>Draws a character sequence with the glyph of a font file, black, filling the square.</summary>
    /// <exception cref="DatasetException">The font cannot be read or draws nothing.</exception>
    public static byte[] Glyph(string text, string fontFile, string fontName, int size) =>
        Draw($"'{text}' in {fontFile}", size, () =>
        {
            // At 72 dots per inch a point is a pixel.
            using var mask = Image.Text(text, font: $"{fontName} {Oversampling * size}", fontfile: fontFile, dpi: 72);
            using var ink = mask.Invert();
            var edge = (int)Math.Round(Math.Max(ink.Width, ink.Height) * GlyphMargin);
            using var square = ink.Gravity(Enums.CompassDirection.Centre, edge, edge, extend: Enums.Extend.White);
            return square.ThumbnailImage(size, height: size);
        });

    /// <summary>Writes RGB bytes as a PNG file of 8 bits a channel.</summary>
    public static byte[] Png(byte[] rgb, int size)
    {
        using var image = Image.NewFromMemory(rgb, size, size, 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.PngsaveBuffer(compression: 9, keep: Enums.ForeignKeep.None);
    }

    static byte[] Draw(string what, int size, Func<Image> render)
    {
        try
        {
            using var image = render();
            using var color = image.Colourspace(Enums.Interpretation.Srgb);
            using var opaque = color.HasAlpha() ? color.Flatten(background: White) : color.Copy();
            using var square = opaque.Gravity(Enums.CompassDirection.Centre, size, size, extend: Enums.Extend.White);
            using var bytes = square.Cast(Enums.BandFormat.Uchar);
            return bytes.WriteToMemory<byte>();
        }
        catch (VipsException error)
        {
            throw new DatasetException($"Cannot draw {what}: {error.Message.Trim()}", error);
        }
    }
}
