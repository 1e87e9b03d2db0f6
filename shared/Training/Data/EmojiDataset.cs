using System.Security.Cryptography;

namespace RdmCloud.Training.Data;

/// <summary>Prepares the emoji data set from installed npm packages: one folder of PNG files per hand, and a manifest.</summary>
public static class EmojiDataset
{
    /// <summary>
    /// Draws every core subject in every hand and writes <c>OUTPUT/HAND/KEY.png</c>, a <c>metadata.jsonl</c> beside them,
    /// <c>split.json</c> and <c>manifest.jsonl</c>: the same bytes every time.
    /// </summary>
    /// <param name="packagesFolder">The folder that npm installed the packages into.</param>
    /// <param name="outputFolder">
    /// Created if missing. Nothing in it is deleted; what the manifest does not name is not in the data set.
    /// </param>
    /// <param name="size">Edge of the square pictures in pixels, 16 to 1024.</param>
    /// <param name="hands">Whose pictures, e.g. <see cref="EmojiHands.All"/>.</param>
    /// <param name="progress">Told after each hand.</param>
    /// <param name="cancellationToken">Stops between two pictures; the manifest of an earlier run then stays.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="DatasetException">
    /// A package is missing or damaged; nothing is written if it shows at the start.
    /// </exception>
    public static async Task<IReadOnlyList<DatasetImage>> PrepareAsync(
        string packagesFolder, string outputFolder, int size, IReadOnlyList<EmojiHand> hands,
        IProgress<DatasetProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1024);
        var packages = new PackageFolder(packagesFolder);
        var subjects = EmojiSubjects.Read(packages);
        var keywords = new KeywordSplit(subjects.Where(subject => subject.IsCore));
        var opened = hands.Select(hand => (
            Hand: hand,
            Pictures: HandPictures.Open(packages, hand, subjects),
            Source: $"{hand.Package}@{packages.VersionOf(hand.Package)}")).ToArray();
        var manifest = new List<DatasetImage>();
        foreach (var (index, (hand, pictures, source)) in opened.Index())
        {
            var drawn = await DrawAsync(pictures, hand, subjects, size, cancellationToken);
            Directory.CreateDirectory(Path.Combine(outputFolder, hand.Id));
            foreach (var (subject, rgb) in drawn)
            {
                var file = $"{hand.Id}/{subject.Key}.png";
                await File.WriteAllBytesAsync(Path.Combine(outputFolder, file), Rasterizer.Png(rgb, size), cancellationToken);
                manifest.Add(new DatasetImage(
                    file, hand.Id, subject.Key, subject.Name,
                    [.. subject.Keywords.Where(word => !keywords.IsHeldOut(word))],
                    [.. subject.Keywords.Where(keywords.IsHeldOut)],
                    subject.Group, DatasetSplit.OfSubject(subject.Key), source, hand.License, hand.Author));
            }

            progress?.Report(new DatasetProgress(hand.Id, drawn.Count, index + 1, hands.Count));
        }

        await DatasetFiles.WriteAsync(outputFolder, manifest, cancellationToken);
        return manifest;
    }

    // Some hands draw the same picture for several subjects: the first keeps it, since a caption must tell them apart.
    static async Task<IReadOnlyList<(EmojiSubject Subject, byte[] Rgb)>> DrawAsync(
        IHandPictures pictures, EmojiHand hand, IReadOnlyList<EmojiSubject> subjects, int size,
        CancellationToken cancellationToken)
    {
        var wanted = subjects.Where(subject => subject.IsCore && !(hand.IsMonochrome && subject.IsNamedForColor)).ToArray();
        var drawn = new byte[]?[wanted.Length];
        await Parallel.ForAsync(0, wanted.Length, cancellationToken, (index, _) =>
        {
            drawn[index] = pictures.Draw(wanted[index], size);
            return ValueTask.CompletedTask;
        });
        var seen = new HashSet<string>();
        return [.. wanted.Zip(drawn)
            .Where(picture => picture.Second is { } rgb && seen.Add(Convert.ToHexString(SHA256.HashData(rgb))))
            .Select(picture => (picture.First, picture.Second!))];
    }
}
