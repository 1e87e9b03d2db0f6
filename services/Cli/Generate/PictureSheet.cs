using RdmCloud.Images;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>A run's pictures on one sheet, each above the neighbors that shaped it.</summary>
static class PictureSheet
{
    const int SmallestSide = 192; // smaller pictures are enlarged by whole pixels
    const int MostInRow = 8, PreferredInRow = 4;

    /// <summary>One prompt's pictures in lines, with their seeds.</summary>
    public static async Task<RgbImage> OfOnePromptAsync(IReadOnlyList<DrawnPicture> pictures, CancellationToken cancellationToken)
    {
        var inRow = pictures.Count <= PreferredInRow * PreferredInRow ? PreferredInRow : MostInRow;
        var cells = await CellsAsync(pictures, cancellationToken);
        var rows = cells.Chunk(inRow)
            .Select((line, index) => new ContactSheetRow(index == 0 ? pictures[0].Query.Label : "", line));
        var columns = pictures.Count <= inRow ? pictures.Select(picture => $"seed {picture.Seed}") : [];
        return ContactSheet.Render([.. columns], [.. rows]);
    }

    /// <summary>A row for each prompt, a column for each style and seed.</summary>
    public static async Task<RgbImage> OfPromptsAndStylesAsync(
        IReadOnlyList<DrawnPicture> pictures, int prompts, int picturesPerStyle, CancellationToken cancellationToken)
    {
        var inRow = pictures.Count / prompts;
        var cells = await CellsAsync(pictures, cancellationToken);
        var columns = pictures.Take(inRow)
            .Select(picture => picturesPerStyle == 1 ? picture.Style.Label : $"{picture.Style.Label} · {picture.Seed}");
        var rows = cells.Chunk(inRow)
            .Zip(pictures.Chunk(inRow), (line, drawn) => new ContactSheetRow(drawn[0].Query.Label, line));
        return ContactSheet.Render([.. columns], [.. rows]);
    }

    static async Task<ContactSheetCell[]> CellsAsync(IReadOnlyList<DrawnPicture> pictures, CancellationToken cancellationToken)
    {
        var thumbnails = new Dictionary<(INeighborIndex, long), RgbImage?>();
        var cells = new List<ContactSheetCell>();
        foreach (var picture in pictures)
        {
            var neighbors = new List<RgbImage>();
            foreach (var mixed in picture.Neighbors)
            {
                var key = (mixed.Index, mixed.Neighbor.Row);
                if (!thumbnails.TryGetValue(key, out var thumbnail))
                    thumbnails[key] = thumbnail = await ThumbnailAsync(mixed, cancellationToken);
                if (thumbnail is not null)
                    neighbors.Add(thumbnail);
            }
            cells.Add(new(Enlarge(picture.Image), neighbors));
        }
        return [.. cells];
    }

    /// <summary>A database need not hold thumbnails, nor good ones.</summary>
    static async Task<RgbImage?> ThumbnailAsync(MixedNeighbor mixed, CancellationToken cancellationToken)
    {
        var row = await mixed.Index.GetAsync(mixed.Neighbor.Row, cancellationToken);
        try
        {
            return row.Thumbnail.IsEmpty ? null : ImageFile.Read(new MemoryStream(row.Thumbnail.ToArray()), Transparency.OnWhite);
        }
        catch (ImageException)
        {
            return null;
        }
    }

    static RgbImage Enlarge(RgbImage image)
    {
        var times = (SmallestSide - 1) / Math.Max(image.Width, image.Height) + 1;
        if (times == 1)
            return image;
        var (width, height) = (image.Width * times, image.Height * times);
        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                image.Pixels.AsSpan(3 * (y / times * image.Width + x / times), 3).CopyTo(pixels.AsSpan(3 * (y * width + x)));
        return new(width, height, pixels);
    }
}
