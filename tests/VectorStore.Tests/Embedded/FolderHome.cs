using RdmCloud.VectorStore.Contract;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

sealed class FolderHome : IndexHome
{
    readonly TemporaryFolder folder = new();

    public override Task<INeighborIndex> CreateAsync(DatabaseInfo info, TimeProvider time) =>
        Task.FromResult<INeighborIndex>(EmbeddedIndex.Create(folder["db"], info, time: time));

    public override Task<INeighborIndex> OpenAsync() => Task.FromResult<INeighborIndex>(EmbeddedIndex.Open(folder["db"]));

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
