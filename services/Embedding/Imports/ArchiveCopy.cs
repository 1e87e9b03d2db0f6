using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Imports;

/// <summary>A zip archive of the object store in a file without a name, which goes with this process however that ends.</summary>
sealed record ArchiveCopy(string Key, long Bytes, PictureArchive Archive) : IDisposable
{
    /// <exception cref="ImageException">It is no zip archive.</exception>
    public static async Task<ArchiveCopy> CreateAsync(string key, StoredObject stored, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"rdm-{Guid.NewGuid():N}.zip");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        try
        {
            File.Delete(path);
            await stored.Content.CopyToAsync(file, cancellationToken);
            return new(key, stored.Length, new(file));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => Archive.Dispose();
}
