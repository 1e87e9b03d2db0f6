using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace RdmCloud.Training.Data;

/// <summary>Prepares the emoji data set from installed npm packages: one folder of PNG files per hand, and a manifest.</summary>
public static partial class EmojiDataset
{
    /// <summary>
    /// Draws every core subject in every hand and writes <c>OUTPUT/HAND/KEY.png</c>, <c>manifest.jsonl</c> and
    /// <c>split.json</c>: the same bytes every time.
    /// </summary>
    /// <param name="packagesFolder">The folder that npm installed the packages into.</param>
    /// <param name="outputFolder">Created if missing; pictures of an earlier run are replaced.</param>
    /// <param name="size">Edge of the square pictures in pixels, 16 to 1024.</param>
    /// <param name="progress">Told after each hand.</param>
    /// <param name="cancellationToken">Stops between two pictures.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="DatasetException">A package is missing or damaged.</exception>
    public static async Task<IReadOnlyList<DatasetImage>> PrepareAsync(
        string packagesFolder, string outputFolder, int size, IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        var packages = new PackageFolder(packagesFolder);
        var subjects = EmojiSubjects.Read(packages);
        var keywords = new KeywordSplit(subjects.Where(subject => subject.IsCore));
        var manifest = new List<DatasetImage>();
        foreach (var (index, hand) in EmojiHands.All.Index())
        {
            var source = $"{hand.Package}@{packages.VersionOf(hand.Package)}";
            var pictures = Draw(HandPictures.Open(packages, hand, subjects), hand, subjects, size, cancellationToken);
            var folder = Path.Combine(outputFolder, hand.Id);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            foreach (var (subject, rgb) in pictures)
            {
                await File.WriteAllBytesAsync(
                    Path.Combine(folder, $"{subject.Key}.png"), Rasterizer.Png(rgb, size), cancellationToken);
                manifest.Add(new DatasetImage(
                    $"{hand.Id}/{subject.Key}.png", hand.Id, subject.Key, subject.Name,
                    [.. subject.Keywords.Where(word => !keywords.IsHeldOut(word))], [.. subject.Keywords.Where(keywords.IsHeldOut)],
                    subject.Group, DatasetSplit.OfSubject(subject.Key), source, hand.License, hand.Author));
            }

            progress?.Report(new DatasetProgress(hand.Id, pictures.Count, index + 1, EmojiHands.All.Count));
        }

        await SplitFile.WriteAsync(outputFolder, manifest, cancellationToken);
        await DatasetManifest.WriteAsync(outputFolder, manifest, cancellationToken);
        return manifest;
    }

    private static List<(EmojiSubject Subject, byte[] Rgb)> Draw(
        IHandPictures pictures, EmojiHand hand, IReadOnlyList<EmojiSubject> subjects, int size, CancellationToken cancellationToken)
    {
        var drawn = subjects.Where(subject => subject.IsCore && !(hand.IsMonochrome && NamesColor().IsMatch(subject.Name)))
            .AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(subject => (Subject: subject, Rgb: pictures.Draw(subject, size)));
        var seen = new HashSet<string>();
        return [.. drawn.Where(picture => picture.Rgb is not null).AsEnumerable()
            .Where(picture => seen.Add(Convert.ToHexString(SHA256.HashData(picture.Rgb!))))
            .Select(picture => (picture.Subject, picture.Rgb!))];
    }

    [GeneratedRegex(@"\b(red|orange|yellow|green|blue|purple|brown|black|white|pink|grey)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NamesColor();
}
