using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>What <c>rdm databases info</c> tells.</summary>
/// <param name="Added">Rows that this import added.</param>
/// <param name="Bad">Pictures that this import could not use.</param>
sealed record DatabaseReport(DatabaseInfo Database, string Path, long Count, long Bytes, long? Added = null, long? Bad = null)
{
    public static DatabaseReport Of(INeighborIndex index, string path) =>
        new(index.Info, path, index.Count, new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length));
}
