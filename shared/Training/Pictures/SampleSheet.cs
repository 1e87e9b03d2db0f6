using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Pictures;

/// <summary>What a network makes, as a contact sheet.</summary>
public static class SampleSheet
{
    /// <param name="pictures">(N, 3, H, W), shown from -1 to 1; row by row.</param>
    /// <param name="columns">Labels above the columns; an empty list leaves out their line.</param>
    /// <param name="rows">A label for each row.</param>
    public static void Write(string path, Tensor pictures, IReadOnlyList<string> columns, IReadOnlyList<string> rows)
    {
        var cells = Images(pictures).Select(image => new ContactSheetCell(image, [])).Chunk((int)pictures.size(0) / rows.Count);
        PngWriter.Write(
            path, ContactSheet.Render(columns, [.. rows.Zip(cells, (label, row) => new ContactSheetRow(label, row))]));
    }

    static IEnumerable<RgbImage> Images(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var bytes = pictures.cpu().to(ScalarType.Float32).clamp(-1, 1).add(1).mul(127.5).round()
            .to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous(); // (N, H, W, 3)
        return [.. Enumerable.Range(0, (int)bytes.size(0))
            .Select(i => new RgbImage((int)bytes.size(2), (int)bytes.size(1), [.. bytes.select(0, i).bytes]))];
    }
}
