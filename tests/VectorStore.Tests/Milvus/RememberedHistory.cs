namespace RdmCloud.VectorStore.Milvus;

/// <summary>A history for as long as the test lasts.</summary>
sealed class RememberedHistory : IDatabaseHistory
{
    readonly Lock gate = new();
    DatabaseState state = DatabaseState.Empty;
    Guid? current;

    public DatabaseState State => state;

    /// <summary>The writer is told that it was taken for dead.</summary>
    public bool LosesTurns { get; set; }

    public Task<DatabaseState> ReadAsync(DatabaseState known, CancellationToken cancellationToken) =>
        Task.FromResult(state.Revision == known.Revision ? known : state);

    public Task<DatabaseState?> BeginAsync(Guid writer, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (current is not null)
                return Task.FromResult<DatabaseState?>(null);
            current = writer;
            return Task.FromResult<DatabaseState?>(state);
        }
    }

    public Task RenewAsync(Guid writer, CancellationToken cancellationToken) =>
        LosesTurns ? throw new DatabaseException("Another writer has taken over.") : Task.CompletedTask;

    public Task CommitAsync(Guid writer, DatabaseState state, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (LosesTurns || current != writer)
                throw new DatabaseException("Another writer has taken over.");
            (this.state, current) = (state, null);
        }
        return Task.CompletedTask;
    }

    public Task AbandonAsync(Guid writer)
    {
        lock (gate)
            if (current == writer)
                (state, current) = (state with { IsUnclean = true }, null);
        return Task.CompletedTask;
    }
}
