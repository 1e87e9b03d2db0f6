using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Databases;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Retrieval.Catalog;

/// <summary>The databases that come with the installation, by their ids, which are the names of their folders.</summary>
sealed class BuiltInDatabases : IDisposable
{
    readonly SortedDictionary<string, EmbeddedIndex> indexes = new(StringComparer.Ordinal);

    public BuiltInDatabases(IOptions<RetrievalOptions> options, ILogger<BuiltInDatabases> logger)
    {
        foreach (var path in options.Value.PublicFolders.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories))
            try
            {
                indexes.TryAdd(Path.GetFileName(path), EmbeddedIndex.Open(path));
            }
            catch (DatabaseException exception)
            {
                logger.LogError(exception, "The public database in {Path} cannot be offered", path);
            }
    }

    public IEnumerable<string> Ids => indexes.Keys;

    public INeighborIndex? Find(string id) => indexes.GetValueOrDefault(id);

    public Database Describe(string id)
    {
        var (index, info) = (indexes[id], indexes[id].Info);
        return new(id, null, info.Name, info.Title, Visibility.Public, info.EmbeddingSpace, info.Dimension, info.License,
            info.Attribution, index.Version, index.Count, info.Created);
    }

    public void Dispose()
    {
        foreach (var index in indexes.Values)
            index.Dispose();
    }
}
