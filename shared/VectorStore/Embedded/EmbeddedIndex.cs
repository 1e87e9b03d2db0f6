namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A database in a folder, searched exactly. Opening maps the files and reads none of them whole. Many readers and one
/// writer at a time, in any number of processes; an open index sees the rows committed when it was opened and its own appends.
/// </summary>
public sealed class EmbeddedIndex : INeighborIndex
{
    const int RowsPerReport = 1024;

    readonly DatabaseFolder folder;
    readonly int parallelism;
    readonly Lock gate = new();
    Snapshot? snapshot;

    EmbeddedIndex(DatabaseFolder folder, int parallelism)
    {
        this.folder = folder;
        this.parallelism = parallelism;
        Info = folder.ReadDescription();
        snapshot = new(folder, Info);
    }

    public DatabaseInfo Info { get; }

    public long Count
    {
        get
        {
            using var current = Current();
            return current.Count;
        }
    }

    /// <param name="parallelism">The threads that a search may use; -1 for one on each core.</param>
    /// <exception cref="DatabaseException">The folder holds no database, or a damaged one.</exception>
    public static EmbeddedIndex Open(string path, int parallelism = -1) =>
        ForPeople($"'{path}' cannot be opened", () => new EmbeddedIndex(new(path), parallelism));

    /// <summary>Creates an empty database in a new or empty folder.</summary>
    /// <exception cref="DatabaseException">The folder holds files already, or the description is not valid.</exception>
    public static EmbeddedIndex Create(string path, DatabaseInfo info, int parallelism = -1)
    {
        info.Validate();
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw new DatabaseException($"'{path}' is not empty. Choose a new folder for database '{info.Name}'.");
        return ForPeople($"'{path}' cannot be created", () =>
        {
            var folder = new DatabaseFolder(path);
            Directory.CreateDirectory(path);
            folder.WriteDescription(info);
            foreach (var file in folder.DataFiles)
                File.Create(file).Dispose();
            Commit.Of(0, 0, 0).Write(folder);
            return new EmbeddedIndex(folder, parallelism);
        });
    }

    public Task AppendAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(async () =>
        {
            try
            {
                using var appender = new Appender(folder, Info);
                var before = appender.Count;
                await foreach (var row in rows.WithCancellation(cancellationToken))
                {
                    appender.Write(row);
                    if ((appender.Count - before) % RowsPerReport == 0)
                        progress?.Report(appender.Count - before);
                }
                cancellationToken.ThrowIfCancellationRequested();
                appender.Commit();
                Replace(new(folder, Info));
                progress?.Report(appender.Count - before);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new DatabaseException($"Database '{Info.Name}' could not be extended; it is as it was before. {exception.Message}", exception);
            }
        }, cancellationToken);

    public Task<IReadOnlyList<Neighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        NeighborFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var normalized = queries.Select(query => Normalize(query.Span)).ToArray();
        return Task.Run(() =>
        {
            using var current = Current();
            var search = new ExactSearch(current, normalized, k, parallelism, cancellationToken);
            var except = current.FindRows(filter?.Except ?? [], cancellationToken).ToHashSet();
            var best = filter?.Only is { } only
                ? search.Scan(current.FindRows(only, cancellationToken).Where(row => !except.Contains(row)))
                : search.Scan(except);
            return Array.ConvertAll(best, found => (IReadOnlyList<Neighbor>)found.ToList().ConvertAll(item =>
                new Neighbor(item.Row, item.Score, current.ReadEmbedding(item.Row), current.ReadProvenance(item.Row))));
        }, cancellationToken);
    }

    public Task<DatabaseRow> GetAsync(long row, CancellationToken cancellationToken = default) => Task.Run(() =>
    {
        using var current = Current();
        if (row < 0 || row >= current.Count)
            throw new DatabaseException($"Database '{Info.Name}' has no row {row}; it has {current.Count} rows.");
        return new DatabaseRow(current.ReadEmbedding(row), current.ReadProvenance(row), current.ReadThumbnail(row));
    }, cancellationToken);

    public void Dispose() => Replace(null);

    float[] Normalize(ReadOnlySpan<float> query)
    {
        if (query.Length != Info.Dimension)
            throw new DatabaseException($"The query has {query.Length} values, the embeddings of database '{Info.Name}' {Info.Dimension}: "
                + $"they come from different CLIP models. The database was made with '{Info.EmbeddingSpace}'.");
        return double.IsFinite(EmbeddingMath.Norm(query))
            ? EmbeddingMath.Normalize(query)
            : throw new DatabaseException($"The query to database '{Info.Name}' holds values that are not finite.");
    }

    Snapshot Current()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(snapshot is null, this);
            return snapshot.Share();
        }
    }

    void Replace(Snapshot? next)
    {
        lock (gate)
            if (snapshot is not null) // an append that ends after Dispose opens nothing again
                (snapshot, next) = (next, snapshot);
        next?.Dispose();
    }

    static EmbeddedIndex ForPeople(string what, Func<EmbeddedIndex> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"{what}: {exception.Message}", exception);
        }
    }
}
