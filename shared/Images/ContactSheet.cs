using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>Lays pictures out as a table on white, with labels above the columns and beside the rows.</summary>
public static class ContactSheet
{
    const int Margin = 24, Gap = 12, NeighborGap = 2;
    const int NarrowestCell = 96, MostLabelLines = 4;

    static readonly SKColor Hairline = new(0xE5, 0xE7, 0xEB);
    static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Draws the sheet. Labels that are too long for their place end in an ellipsis.</summary>
    /// <param name="columns">The columns' labels; an empty list leaves out their line.</param>
    /// <param name="rows">The rows, with one cell at least; empty labels leave out their column.</param>
    /// <exception cref="ArgumentException">There is no picture, or two differ in size.</exception>
    /// <exception cref="ImageException">The sheet would have more pixels than <see cref="ImageFile.MostPixels"/>.</exception>
    public static RgbImage Render(IReadOnlyList<string> columns, IReadOnlyList<ContactSheetRow> rows)
    {
        var cells = rows.SelectMany(row => row.Cells).ToArray();
        if (cells.DistinctBy(cell => (cell.Image.Width, cell.Image.Height)).Count() != 1)
            throw new ArgumentException("a contact sheet needs pictures, all of one size", nameof(rows));

        var (imageWidth, imageHeight) = (cells[0].Image.Width, cells[0].Image.Height);
        var columnCount = rows.Max(row => row.Cells.Count);
        var strip = NeighborStrip.For(cells.Max(cell => cell.Neighbors.Count), Math.Max(imageWidth, NarrowestCell), NeighborGap);
        var cellWidth = Math.Max(imageWidth, NarrowestCell);
        var cellHeight = imageHeight + (strip.Height > 0 ? 2 * NeighborGap + strip.Height : 0);

        using var text = new SheetText(Math.Clamp(imageWidth / 18, 12, 26));
        var labelWidth = (int)MathF.Ceiling(Math.Min(rows.Max(row => text.Measure(row.Label)), Math.Clamp(imageWidth, 150, 320)));
        var left = Margin + (labelWidth > 0 ? labelWidth + Gap : 0);
        var top = Margin + (columns.Count > 0 ? (int)text.LineHeight + Gap / 2 : 0);
        var width = left + (long)columnCount * (cellWidth + Gap) - Gap + Margin;
        var height = top + (long)rows.Count * (cellHeight + Gap) - Gap + Margin;
        if (width * height > ImageFile.MostPixels)
            throw new ImageException(
                $"the sheet of {rows.Count} x {columnCount} pictures would have {width} x {height} pixels, which is too large");

        using var bitmap = new SKBitmap(new SKImageInfo((int)width, (int)height, SKColorType.Rgb888x, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var column = 0; column < Math.Min(columns.Count, columnCount); column++)
        {
            var center = left + column * (cellWidth + Gap) + cellWidth / 2f;
            text.Draw(canvas, text.Wrap(columns[column], cellWidth, 1), center, Margin, SKTextAlign.Center);
        }
        for (var row = 0; row < rows.Count; row++)
        {
            var y = top + row * (cellHeight + Gap);
            var mostLines = Math.Clamp((int)(imageHeight / text.LineHeight), 1, MostLabelLines);
            var lines = text.Wrap(rows[row].Label, labelWidth, mostLines);
            text.Draw(canvas, lines, left - Gap, y + (imageHeight - lines.Count * text.LineHeight) / 2, SKTextAlign.Right);
            for (var column = 0; column < rows[row].Cells.Count; column++)
            {
                var x = left + column * (cellWidth + Gap);
                var (image, neighbors) = rows[row].Cells[column];
                Draw(canvas, image, SKRect.Create(x + (cellWidth - imageWidth) / 2, y, imageWidth, imageHeight));
                for (var i = 0; i < neighbors.Count; i++)
                    Draw(canvas, neighbors[i], strip.Place(i, x, y + imageHeight + 2 * NeighborGap));
            }
        }
        canvas.Flush();
        return bitmap.ToRgbImage();
    }

    /// <summary>Fills a place with the middle of a picture, inside a hairline that bounds pictures on white.</summary>
    static void Draw(SKCanvas canvas, RgbImage picture, SKRect place)
    {
        using var bitmap = picture.ToBitmap();
        using var image = SKImage.FromBitmap(bitmap);
        var scale = Math.Min(picture.Width / place.Width, picture.Height / place.Height);
        var (width, height) = (place.Width * scale, place.Height * scale);
        var middle = SKRect.Create((picture.Width - width) / 2, (picture.Height - height) / 2, width, height);
        canvas.DrawImage(image, middle, place, scale == 1 ? SKSamplingOptions.Default : Smooth);
        using var line = new SKPaint { Color = Hairline, Style = SKPaintStyle.Stroke };
        canvas.DrawRect(SKRect.Inflate(place, 0.5f, 0.5f), line);
    }
}
