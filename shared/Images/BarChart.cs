using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Groups of bars for shares of a whole, each with its figure.</summary>
public static class BarChart
{
    const int Margin = 24, BarWidth = 30, GroupGap = 26, Height = 260, Label = 15, NarrowestGroup = 110;

    static readonly SKColor[] colors = [new(0x25, 0x63, 0xEB), new(0xF5, 0x9E, 0x0B), new(0xCB, 0xD5, 0xE1)];

    /// <param name="groups">A label under each group.</param>
    /// <param name="series">
    /// Up to three: a name, and a share from 0 to 1 for each group; not a number where there is none.
    /// </param>
    public static RgbImage Render(IReadOnlyList<string> groups, IReadOnlyList<(string Name, IReadOnlyList<double> Shares)> series)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(series.Count, colors.Length);
        using var text = new SheetText(Label);
        var groupWidth = Math.Max(Math.Max(series.Count * BarWidth, NarrowestGroup), (int)groups.Max(text.Measure));
        var width = 2 * Margin + groups.Count * (groupWidth + GroupGap);
        var top = Margin + (int)text.LineHeight * (series.Count + 1);
        var bottom = top + Height;
        using var bitmap = new SKBitmap(
            new SKImageInfo(width, bottom + (int)text.LineHeight + Margin, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var number = 0; number < series.Count; number++)
        {
            Fill(canvas, SKRect.Create(Margin, Margin + number * text.LineHeight + 3, Label, Label), colors[number]);
            text.Draw(canvas, [series[number].Name], Margin + 2 * Label, Margin + number * text.LineHeight, SKTextAlign.Left);
        }
        for (var group = 0; group < groups.Count; group++)
        {
            var left = Margin + group * (groupWidth + GroupGap) + (groupWidth - series.Count * BarWidth) / 2;
            text.Draw(canvas, text.Wrap(groups[group], groupWidth + GroupGap - 8, 1),
                left + series.Count * BarWidth / 2f, bottom + 4, SKTextAlign.Center);
            for (var number = 0; number < series.Count; number++)
            {
                var share = series[number].Shares[group];
                if (double.IsNaN(share))
                    continue;
                var height = (float)(Height * Math.Clamp(share, 0, 1));
                Fill(canvas, SKRect.Create(left + number * BarWidth, bottom - height, BarWidth - 3, height), colors[number]);
                text.Draw(canvas, [$"{Math.Round(100 * share)}"],
                    left + number * BarWidth + (BarWidth - 3) / 2f, bottom - height - text.LineHeight, SKTextAlign.Center);
            }
        }
        Fill(canvas, SKRect.Create(Margin, bottom, width - 2 * Margin, 1), new(0x6B, 0x72, 0x80));
        canvas.Flush();
        return bitmap.ToRgbImage();
    }

    static void Fill(SKCanvas canvas, SKRect place, SKColor color)
    {
        using var paint = new SKPaint { Color = color };
        canvas.DrawRect(place, paint);
    }
}
