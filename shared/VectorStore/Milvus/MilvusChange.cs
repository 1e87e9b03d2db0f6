namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// One change of a database. What it writes is part of the database once it is committed, and is deleted otherwise.
/// </summary>
sealed class MilvusChange : IAsyncDisposable
{
    static readonly TimeSpan poll = TimeSpan.FromMilliseconds(200);

    // No search lasts as long that began where the rows were before.
    static readonly TimeSpan untilForgotten = TimeSpan.FromMinutes(2);

    readonly MilvusDatabase database;
    readonly Guid writer = Guid.NewGuid();
    readonly CancellationTokenSource ended = new();
    readonly List<(MilvusRow Row, ReadOnlyMemory<byte> Thumbnail)> waiting = [];
    readonly int batch;
    Task renewing = Task.CompletedTask;
    long added, removed, heardAt;
    ulong timestamp;

    MilvusChange(MilvusDatabase database) =>
        (this.database, batch) = (database, MilvusTable.RowsPerBatch(database.Info.Dimension));

    public DatabaseState Before { get; private set; } = DatabaseState.Empty;

    public MilvusTable Table { get; private set; } = null!;

    long NextVersion => Before.Version + 1;

    /// <summary>Takes the writer's turn, and deletes what a change before has left.</summary>
    /// <exception cref="DatabaseException">Another writer is at work.</exception>
    public static async Task<MilvusChange> BeginAsync(MilvusDatabase database, CancellationToken cancellationToken)
    {
        var change = new MilvusChange(database);
        try
        {
            await change.TakeTurnAsync(cancellationToken);
            return change;
        }
        catch
        {
            await change.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a row with the next version.</summary>
    public async Task AddAsync(MilvusRow row, ReadOnlyMemory<byte> thumbnail, CancellationToken cancellationToken)
    {
        waiting.Add((row with { Row = Before.NextRow + added++, Added = NextVersion }, thumbnail));
        if (waiting.Count >= batch)
            await WriteAsync(cancellationToken);
    }

    /// <summary>Removes rows with the next version.</summary>
    /// <param name="rows">With their embeddings.</param>
    public async Task RemoveAsync(IReadOnlyList<MilvusRow> rows, CancellationToken cancellationToken)
    {
        await KeepTurnAsync(cancellationToken);
        removed += rows.Count;
        Saw(await Table.InsertAsync([.. rows.Select(row => row with { Removed = NextVersion })], cancellationToken));
        Saw(await Table.DeleteAsync(rows, cancellationToken));
    }

    /// <summary>Deletes rows from all versions, at once.</summary>
    public async Task PurgeAsync(IReadOnlyList<MilvusRow> rows, CancellationToken cancellationToken)
    {
        await KeepTurnAsync(cancellationToken);
        Saw(await Table.DeleteAsync(rows, cancellationToken));
        await database.Thumbnails.DeleteAsync(rows, cancellationToken);
    }

    /// <summary>Makes it the database's next version, if it changed what is to be seen.</summary>
    public async Task<DatabaseState> CommitAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        var versions = Before.Versions;
        if (added + removed > 0)
            versions = [.. versions, new DatabaseVersion(NextVersion, database.Time.GetUtcNow(), added, removed)];
        return await CommitAsync(Before with { Versions = versions, NextRow = Before.NextRow + added });
    }

    /// <summary>
    /// Makes another collection the place of the rows. What lies in the old one is deleted with a later change.
    /// </summary>
    public Task<DatabaseState> MoveAsync(string collection) =>
        CommitAsync(Before with { Collection = collection, MovedAt = database.Time.GetUtcNow() });

    public void Saw(ulong written) => timestamp = Math.Max(timestamp, written);

    public async ValueTask DisposeAsync()
    {
        if (ended.IsCancellationRequested)
            return;
        await EndAsync();
        try
        {
            await database.History.AbandonAsync(writer);
        }
        catch (Exception)
        {
            // Its turn ends by itself; what made this change fail is what the caller wants to know.
        }
    }

    async Task<DatabaseState> CommitAsync(DatabaseState state)
    {
        state = state with { Revision = Before.Revision + 1, Timestamp = Math.Max(Before.Timestamp, timestamp) };
        await database.History.CommitAsync(writer, state, CancellationToken.None);
        await EndAsync();
        return state;
    }

    async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        var patience = TimeProvider.System.GetTimestamp();
        DatabaseState? begun;
        while ((begun = await database.History.BeginAsync(writer, cancellationToken)) is null)
        {
            if (TimeProvider.System.GetElapsedTime(patience) > 2 * IDatabaseHistory.Lease)
                throw new DatabaseException(
                    $"Another writer is at work on database '{database.Info.Name}'. Try again when it is done.");
            await Task.Delay(poll, cancellationToken);
        }
        (Before, heardAt) = (begun, database.Time.GetTimestamp());
        renewing = RenewAsync();
        Table = await database.TableAsync(begun, cancellationToken);
        if (begun.IsUnclean)
            await CleanAsync(cancellationToken);
        if (begun.MovedAt + untilForgotten < database.Time.GetUtcNow())
            await ForgetSharedAsync(cancellationToken);
    }

    async Task ForgetSharedAsync(CancellationToken cancellationToken)
    {
        await (await database.SharedTableAsync(cancellationToken)).DeleteAllAsync(cancellationToken);
        Before = Before with { MovedAt = null };
    }

    /// <summary>Deletes what a change has left that was cut short: no version will ever see it.</summary>
    async Task CleanAsync(CancellationToken cancellationToken)
    {
        var never = await Table.QueryAsync(
            RowFilter.AddedAfter(Before.Version), since: null, withEmbeddings: false, cancellationToken);
        await database.Thumbnails.DeleteAsync(never, cancellationToken);
        Saw(await Table.DeleteAsync(never, cancellationToken));
        var stayed = await Table.QueryAsync(
            RowFilter.RemovedBy(NextVersion), since: null, withEmbeddings: true, cancellationToken);
        Saw(await Table.InsertAsync([.. stayed.Select(row => row with { Removed = MilvusRow.Never })], cancellationToken));
        Saw(await Table.DeleteAsync(stayed, cancellationToken));
        Before = Before with { IsUnclean = false };
    }

    async Task WriteAsync(CancellationToken cancellationToken)
    {
        await KeepTurnAsync(cancellationToken);
        Saw(await Table.InsertAsync(waiting.ConvertAll(item => item.Row), cancellationToken));
        await database.Thumbnails.PutAsync(waiting, cancellationToken);
        waiting.Clear();
    }

    /// <summary>Whoever was away for long asks before writing: the rows of two writers would mix.</summary>
    /// <exception cref="DatabaseException">Another writer has taken over.</exception>
    async Task KeepTurnAsync(CancellationToken cancellationToken)
    {
        if (database.Time.GetElapsedTime(Interlocked.Read(ref heardAt)) < IDatabaseHistory.Lease / 2)
            return;
        await database.History.RenewAsync(writer, cancellationToken);
        Interlocked.Exchange(ref heardAt, database.Time.GetTimestamp());
    }

    async Task RenewAsync()
    {
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(IDatabaseHistory.Lease / 3, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsCancellationRequested)
                await TryRenewAsync();
        }
    }

    async Task TryRenewAsync()
    {
        try
        {
            await database.History.RenewAsync(writer, CancellationToken.None);
            Interlocked.Exchange(ref heardAt, database.Time.GetTimestamp());
        }
        catch (Exception)
        {
            // The next write asks again, and says why it cannot be.
        }
    }

    async Task EndAsync()
    {
        await ended.CancelAsync();
        await renewing;
    }
}
