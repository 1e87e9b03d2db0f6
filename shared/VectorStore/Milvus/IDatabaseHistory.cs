namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// The state of one database, kept where changes are atomic, which they are not in Milvus: rows that were written become part of
/// the database when its state says so. One writer at a time; one that is not heard of for <see cref="Lease"/> has lost its turn.
/// </summary>
public interface IDatabaseHistory
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    /// <returns>The state; <paramref name="known"/> itself if that is still the one.</returns>
    Task<DatabaseState> ReadAsync(DatabaseState known, CancellationToken cancellationToken);

    /// <summary>Makes someone the one writer. Where the last one never ended, the state is unclean.</summary>
    /// <returns>The state; null where another writer is at work.</returns>
    Task<DatabaseState?> BeginAsync(Guid writer, CancellationToken cancellationToken);

    /// <summary>Tells that a writer is still at work.</summary>
    /// <exception cref="DatabaseException">It has lost its turn.</exception>
    Task RenewAsync(Guid writer, CancellationToken cancellationToken);

    /// <summary>Makes a state the database's, and ends the writer's turn.</summary>
    /// <param name="state">Of the next revision, with at most one version more.</param>
    /// <exception cref="DatabaseException">It has lost its turn; nothing is changed.</exception>
    Task CommitAsync(Guid writer, DatabaseState state, CancellationToken cancellationToken);

    /// <summary>Ends the writer's turn with nothing changed but that the state is unclean.</summary>
    Task AbandonAsync(Guid writer);
}
