namespace RdmCloud.VectorStore.Contract;

/// <summary>Where one database of a test is.</summary>
abstract class IndexHome : IAsyncDisposable
{
    public abstract Task<INeighborIndex> CreateAsync(DatabaseInfo info, TimeProvider time);

    /// <summary>As another process would.</summary>
    public abstract Task<INeighborIndex> OpenAsync();

    public abstract ValueTask DisposeAsync();
}
