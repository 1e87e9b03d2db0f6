using RdmCloud.Images;

namespace RdmCloud.Embedding.Imports;

/// <summary>A zip archive of the object store, copied.</summary>
sealed record ArchiveCopy(string Key, long Bytes, PictureArchive Archive) : IDisposable
{
    public void Dispose() => Archive.Dispose();
}
