using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>Takes rows image by image and writes those images that the database does not hold in the same way.</summary>
sealed class MilvusUpsert(MilvusChange change)
{
    const int ImagesAtOnce = 256;

    readonly Dictionary<string, UInt128> taken = [];
    readonly Dictionary<string, List<(MilvusRow Row, ReadOnlyMemory<byte> Thumbnail)>> waiting = [];
    readonly List<(MilvusRow Row, ReadOnlyMemory<byte> Thumbnail)> image = [];

    public async Task AddAsync(MilvusRow row, ReadOnlyMemory<byte> thumbnail, CancellationToken cancellationToken)
    {
        if (image.Count > 0 && image[0].Row.Image != row.Image)
            await EndImageAsync(cancellationToken);
        image.Add((row, thumbnail));
    }

    /// <summary>To be called after the last row.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (image.Count > 0)
            await EndImageAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    async Task EndImageAsync(CancellationToken cancellationToken)
    {
        var imageId = RowFactory.ProvenanceOf(image[0].Row).ImageId;
        var fingerprint = Fingerprint(image.Select(item => item.Row));
        if (taken.TryAdd(imageId, fingerprint))
            waiting.Add(imageId, [.. image]);
        else if (taken[imageId] != fingerprint)
            throw new DatabaseException($"Image '{imageId}' comes twice with different rows. Give each image a name of its own, "
                + "and the rows of an image one after the other.");
        image.Clear();
        if (waiting.Count >= ImagesAtOnce)
            await WriteAsync(cancellationToken);
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return;
        var before = change.Before;
        var present = (await change.Table.QueryAsync($"{RowFilter.At(before.Version)} and {RowFilter.Images(waiting.Keys)}",
            before.Timestamp, withEmbeddings: true, cancellationToken)).ToLookup(row => RowFactory.ProvenanceOf(row).ImageId);
        var changed = waiting.Where(item => !IsThere(present[item.Key], item.Value)).ToList();
        await change.RemoveAsync([.. changed.SelectMany(item => present[item.Key])], cancellationToken);
        foreach (var (row, thumbnail) in changed.SelectMany(item => item.Value))
            await change.AddAsync(row, thumbnail, cancellationToken);
        waiting.Clear();
    }

    static bool IsThere(IEnumerable<MilvusRow> present, List<(MilvusRow Row, ReadOnlyMemory<byte>)> wanted) =>
        Fingerprint(present) == Fingerprint(wanted.Select(item => item.Row));

    static UInt128 Fingerprint(IEnumerable<MilvusRow> rows)
    {
        var hash = new XxHash128();
        foreach (var row in rows) // a record ends where its JSON ends, so no two lists of rows are the same bytes
        {
            hash.Append(MemoryMarshal.AsBytes<float>(row.Embedding));
            hash.Append(Encoding.UTF8.GetBytes(row.Provenance));
        }
        return hash.GetCurrentHashAsUInt128();
    }
}
