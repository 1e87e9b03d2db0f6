using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Indexes;

/// <param name="Index">An open database.</param>
sealed record ShelvedIndex(INeighborIndex Index) : IDisposable
{
    readonly SemaphoreSlim turn = new(1);

    public void Deconstruct(out INeighborIndex index, out SemaphoreSlim turn) => (index, turn) = (Index, this.turn);

    public void Dispose() => Index.Dispose(); // not the semaphore, which a change may still hold and which holds no handle
}
