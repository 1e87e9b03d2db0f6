using Microsoft.Extensions.Options;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Retrieval.Indexes;

/// <summary>A folder for each database. Several processes may share them.</summary>
sealed class FolderIndexes(IOptions<RetrievalOptions> options, TimeProvider time) : IIndexes
{
    public Task<INeighborIndex> CreateAsync(string id, DatabaseInfo info, CancellationToken cancellationToken) =>
        Task.FromResult<INeighborIndex>(EmbeddedIndex.Create(FolderOf(id), info, time: time));

    public Task<INeighborIndex> OpenAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult<INeighborIndex>(EmbeddedIndex.Open(FolderOf(id), time: time));

    public Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (Directory.Exists(FolderOf(id)))
            Directory.Delete(FolderOf(id), recursive: true);
        return Task.CompletedTask;
    }

    string FolderOf(string id) => Path.Combine(options.Value.Folder, id);
}
