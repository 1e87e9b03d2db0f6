using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Indexes;

/// <summary>Where the rows of the tenants' databases are: in folders, or in Milvus.</summary>
interface IIndexes
{
    /// <summary>An empty database under a new id.</summary>
    Task<INeighborIndex> CreateAsync(string id, DatabaseInfo info, CancellationToken cancellationToken);

    /// <exception cref="DatabaseException">It cannot be opened.</exception>
    Task<INeighborIndex> OpenAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes a database with all that it held, whether or not there is one.</summary>
    Task DeleteAsync(string id, CancellationToken cancellationToken);
}
