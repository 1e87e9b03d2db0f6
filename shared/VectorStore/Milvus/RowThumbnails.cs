using System.IO.Hashing;
using RdmCloud.ObjectStore;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>The thumbnails of one database's rows: files in the object store, since a search needs none of them.</summary>
sealed class RowThumbnails(IObjectStore objects, string database)
{
    /// <summary>What a row says of its thumbnail.</summary>
    public static string NameOf(ReadOnlySpan<byte> thumbnail) =>
        thumbnail.IsEmpty ? "" : Convert.ToHexStringLower(XxHash3.Hash(thumbnail));

    public Task PutAsync(
        IEnumerable<(MilvusRow Row, ReadOnlyMemory<byte> Thumbnail)> rows, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(rows.Where(row => !row.Thumbnail.IsEmpty), Several(cancellationToken), async (row, token) =>
        {
            using var content = new MemoryStream(row.Thumbnail.ToArray());
            await objects.PutAsync(KeyOf(row.Row), content, row.Thumbnail.Span[0] == 0xff ? "image/jpeg" : "image/png", token);
        });

    public async Task<ReadOnlyMemory<byte>> GetAsync(MilvusRow row, CancellationToken cancellationToken)
    {
        if (row.Thumbnail.Length == 0)
            return default;
        await using var found = await objects.OpenAsync(KeyOf(row), cancellationToken);
        if (found is null)
            return default;
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    public Task DeleteAsync(IEnumerable<MilvusRow> rows, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(rows.Where(row => row.Thumbnail.Length > 0), Several(cancellationToken),
            async (row, token) => await objects.DeleteAsync(KeyOf(row), token));

    /// <summary>All of the database.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in objects.ListAsync(Folder, cancellationToken))
            await objects.DeleteAsync(found.Key, cancellationToken);
    }

    string Folder => $"databases/{database}/";

    string KeyOf(MilvusRow row) => $"{Folder}{row.Row}-{row.Thumbnail}";

    static ParallelOptions Several(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
}
