using System.IO.Compression;
using RdmCloud.Images;

namespace RdmCloud.Cli;

/// <summary>
/// A folder of small pictures to make databases of: colored shapes, what is known of some of them, and a broken file.
/// </summary>
static class Shapes
{
    static readonly (string Name, byte[] Color)[] colors =
        [("red", [220, 40, 40]), ("green", [40, 160, 70]), ("blue", [50, 80, 220]), ("gold", [230, 180, 40])];

    static readonly (string Name, Func<double, double, bool> Covers)[] forms =
    [
        ("disc", (x, y) => x * x + y * y < 0.5),
        ("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.65),
        ("diamond", (x, y) => Math.Abs(x) + Math.Abs(y) < 0.8),
    ];

    public static int Count => colors.Length * forms.Length;

    /// <summary>The red ones lie in a folder of their own and have no metadata.</summary>
    public static string Write(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "red"));
        var metadata = new List<string>();
        foreach (var (color, rgb) in colors)
            foreach (var (form, covers) in forms)
            {
                var (name, isRed) = ($"{color}-{form}", color == "red");
                PngWriter.Write(Path.Combine(folder, isRed ? "red" : "", name + ".png"), Draw(rgb, covers));
                if (!isRed)
                    metadata.Add(
                        $$"""{"{{(color == "blue" ? "file_name" : "file")}}": "{{name}}.png", "id": "{{name}}","""
                        + $$""" "title": "A {{color}} {{form}}", "author": "Ada", "license": "CC0-1.0","""
                        + $$""" "source": "https://example.org/{{name}}"}""");
            }
        File.WriteAllText(Path.Combine(folder, "broken.png"), "no picture");
        File.WriteAllLines(Path.Combine(folder, "metadata.jsonl"), metadata);
        return folder;
    }

    /// <summary>The same files in an archive, and two that are made to harm.</summary>
    public static string Zip(string folder, string file)
    {
        ZipFile.CreateFromDirectory(folder, file);
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        archive.CreateEntryFromFile(Path.Combine(folder, "gold-disc.png"), "../escaped.png");
        using var bomb = archive.CreateEntry("bomb.png").Open();
        var zeros = new byte[1 << 20];
        for (var megabyte = 0; megabyte < 65; megabyte++)
            bomb.Write(zeros);
        return file;
    }

    static RgbImage Draw(byte[] color, Func<double, double, bool> covers)
    {
        const int width = 96, height = 72;
        var image = new RgbImage(width, height);
        for (var pixel = 0; pixel < width * height; pixel++)
        {
            var inside = covers((pixel % width - width / 2) * 2.0 / height, (pixel / width - height / 2) * 2.0 / height);
            (inside ? color : [250, 250, 245]).CopyTo(image.Pixels.AsSpan(3 * pixel));
        }
        return image;
    }
}
