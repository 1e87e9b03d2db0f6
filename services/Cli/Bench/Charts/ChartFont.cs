using RdmCloud.Images;
using ScottPlot;
using SkiaSharp;

namespace RdmCloud.Cli.Bench.Charts;

/// <summary>The lettering of charts: the font that comes with the pictures' library, because a machine may have none.</summary>
sealed class ChartFont : IFontResolver
{
    const string Name = "Inter";
    static readonly SKTypeface typeface = SKTypeface.FromStream(
        typeof(RgbImage).Assembly.GetManifestResourceStream("Inter-Regular.ttf"));

    public static void Use()
    {
        if (!Fonts.FontResolvers.OfType<ChartFont>().Any())
            Fonts.FontResolvers.Insert(0, new ChartFont());
        Fonts.Default = Name;
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => typeface;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => typeface;
}
