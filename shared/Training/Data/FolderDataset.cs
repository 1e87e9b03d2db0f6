using System.Security.Cryptography;
using System.Text;
using RdmCloud.Images;

namespace RdmCloud.Training.Data;

/// <summary>
/// Prepares anyone's pictures: each folder directly in the given one is a hand, and so are the pictures beside the folders
/// together.
/// </summary>
/// <param name="license">Of the pictures that name none themselves.</param>
/// <param name="bad">Told the name of each picture that cannot be used, and why.</param>
public sealed class FolderDataset(string folder, string? license, Action<string, string> bad)
{
    /// <summary>
    /// Writes <c>OUTPUT/HAND/NAME.png</c>, <c>split.json</c> and <c>manifest.jsonl</c>: the same bytes every time. A picture's
    /// caption is its title in a <c>metadata.jsonl</c>, else the text in a .txt file of its name, else its name.
    /// </summary>
    /// <returns>The manifest.</returns>
    /// <exception cref="DatasetException">There is no picture that can be used, or the metadata are damaged.</exception>
    public async Task<IReadOnlyList<DatasetImage>> PrepareAsync(
        string outputFolder, int size, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        string[] names =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
        var metadata = Metadata(names);
        var manifest = new List<DatasetImage>();
        var taken = new HashSet<string>();
        foreach (var hand in names.Where(ImageFile.IsPicture).GroupBy(HandOf))
            foreach (var name in hand)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (Draw(name, size) is not { } png)
                    continue;
                var image = await DescribeAsync(name, hand.Key, metadata.GetValueOrDefault(name), taken, cancellationToken);
                var path = Path.Combine(outputFolder, image.File);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllBytesAsync(path, png, cancellationToken);
                manifest.Add(image);
                progress?.Report(new(hand.Key, manifest.Count, manifest.Count, names.Length));
            }
        if (manifest.Count == 0)
            throw new DatasetException($"{folder} holds no picture that can be used.");
        await DatasetFiles.WriteAsync(outputFolder, manifest, cancellationToken);
        return manifest;
    }

    byte[]? Draw(string name, int size)
    {
        try
        {
            return Rasterizer.Png(Rasterizer.File(Path.Combine(folder, name), size), size);
        }
        catch (DatasetException error)
        {
            bad(name, error.Message);
            return null;
        }
    }

    async Task<DatasetImage> DescribeAsync(
        string name, string hand, PictureMetadata? known, HashSet<string> taken, CancellationToken cancellationToken)
    {
        var caption = known?.Title ?? await CaptionAsync(name, cancellationToken);
        var key = KeyOf(caption);
        var file = Enumerable.Range(1, int.MaxValue)
            .Select(number => number == 1 ? $"{hand}/{key}.png" : $"{hand}/{key}_{number}.png")
            .First(taken.Add);
        return new(
            file, hand, key, caption, [], [], "", DatasetSplit.OfSubject(key),
            known?.Source ?? name, known?.License ?? license ?? "", known?.Author ?? "");
    }

    async Task<string> CaptionAsync(string name, CancellationToken cancellationToken)
    {
        var beside = Path.ChangeExtension(Path.Combine(folder, name), ".txt");
        var text = File.Exists(beside)
            ? (await File.ReadAllTextAsync(beside, cancellationToken)).ReplaceLineEndings(" ").Trim()
            : "";
        return text.Length > 0 ? text : Path.GetFileNameWithoutExtension(name).Replace('-', ' ').Replace('_', ' ').Trim();
    }

    IReadOnlyDictionary<string, PictureMetadata> Metadata(string[] names)
    {
        try
        {
            return PictureMetadata.Read(names, name => File.OpenRead(Path.Combine(folder, name)));
        }
        catch (ImageException error)
        {
            throw new DatasetException($"{folder}: {error.Message}", error);
        }
    }

    string HandOf(string name) => name.Contains('/', StringComparison.Ordinal)
        ? name.Split('/')[0]
        : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    // Pictures with the same caption show the same subject.
    static string KeyOf(string caption)
    {
        var slug = Slug.Of(caption);
        return slug.Length is > 0 and <= 60 && caption.All(char.IsAscii)
            ? slug
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caption)))[..16];
    }
}
