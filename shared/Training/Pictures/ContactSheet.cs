using NetVips;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Pictures;

/// <summary>Many pictures in one PNG file.</summary>
public static class ContactSheet
{
    const int Margin = 2;

    /// <param name="pictures">(N, 3, H, W), shown from -1 to 1; row by row.</param>
    /// <param name="columns">Pictures in a row.</param>
    public static void Write(string path, Tensor pictures, int columns)
    {
        using var scope = NewDisposeScope();
        var bordered = nn.functional.pad(pictures.to(ScalarType.Float32).clamp(-1, 1), [Margin, Margin, Margin, Margin], value: 1);
        long count = bordered.size(0), height = bordered.size(2), width = bordered.size(3), rows = (count + columns - 1) / columns;
        var padding = ones(rows * columns - count, 3, height, width);
        var grid = cat([bordered, padding]).view(rows, columns, 3, height, width).permute(0, 3, 1, 4, 2) // (R, H, C, W, 3)
            .add(1).mul(127.5).round().to(ScalarType.Byte).contiguous();
        using var image = Image.NewFromMemory(grid.bytes.ToArray(), (int)(columns * width), (int)(rows * height), 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        srgb.Pngsave(path);
    }
}
