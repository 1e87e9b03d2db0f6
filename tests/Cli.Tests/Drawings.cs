using RdmCloud.Images;

namespace RdmCloud.Cli;

/// <summary>A folder to train on: the same two dozen subjects in two styles, a folder each.</summary>
static class Drawings
{
    const int Side = 64;

    static readonly (string Name, byte[] Color)[] colors =
    [
        ("red", [220, 40, 40]), ("green", [40, 160, 70]), ("blue", [50, 80, 220]), ("gold", [230, 180, 40]),
        ("pink", [240, 130, 190]), ("gray", [120, 120, 120]), ("brown", [120, 70, 30]), ("violet", [130, 60, 180]),
    ];

    static readonly (string Name, Func<double, double, double> Distance)[] forms =
    [
        ("disc", (x, y) => Math.Sqrt(x * x + y * y)),
        ("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y))),
        ("diamond", (x, y) => 0.8 * (Math.Abs(x) + Math.Abs(y))),
    ];

    public static int Subjects => colors.Length * forms.Length;

    public static string Write(string folder)
    {
        foreach (var (color, rgb) in colors)
            foreach (var (form, distance) in forms)
            {
                Write(
                    Path.Combine(folder, "flat", $"{color}-{form}.png"),
                    (x, y) => distance(x, y) < 0.7 ? rgb : [250, 250, 250]);
                Write(
                    Path.Combine(folder, "outline", $"{color}-{form}.png"),
                    (x, y) => distance(x, y) is > 0.6 and < 0.75 ? rgb : [20, 20, 40]);
            }
        return folder;
    }

    static void Write(string path, Func<double, double, byte[]> color)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var image = new RgbImage(Side, Side);
        for (var pixel = 0; pixel < Side * Side; pixel++)
            color((pixel % Side - Side / 2) * 2.0 / Side, (pixel / Side - Side / 2) * 2.0 / Side)
                .CopyTo(image.Pixels.AsSpan(3 * pixel));
        PngWriter.Write(path, image);
    }
}
