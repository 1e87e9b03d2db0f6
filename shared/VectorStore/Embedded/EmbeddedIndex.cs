namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A database in a folder, searched exactly. Opening maps the files and reads no embeddings. Many readers and one writer at
/// a time, in any number of processes. An open index sees the versions committed when it was opened, its own, and what
/// <see cref="RefreshAsync"/> finds; asked for a version that it does not know, or stopped by another's purge,
/// it looks by itself.
/// </summary>
public sealed partial class EmbeddedIndex : INeighborIndex
{
    readonly DatabaseFolder folder;
    readonly int parallelism;
    readonly TimeProvider time;
    readonly CurrentSnapshot snapshot;

    EmbeddedIndex(DatabaseFolder folder, int parallelism, TimeProvider? time)
    {
        this.folder = folder;
        this.parallelism = parallelism;
        this.time = time ?? TimeProvider.System;
        Info = folder.ReadDescription();
        snapshot = new(folder, Info);
    }

    public DatabaseInfo Info { get; }

    public long Count => Look(current => current.At(null).Count);

    public long Version => Look(current => current.History.Latest);

    public IReadOnlyList<DatabaseVersion> Versions => Look(current => current.History.ToList());

    /// <param name="parallelism">The threads that a search may use; -1 for one on each core.</param>
    /// <param name="time">Tells when a version is created; null for the system's clock.</param>
    /// <exception cref="DatabaseException">The folder holds no database, or a damaged one.</exception>
    public static EmbeddedIndex Open(string path, int parallelism = -1, TimeProvider? time = null) =>
        ForPeople($"'{path}' cannot be opened", () => new EmbeddedIndex(new(path), parallelism, time));

    /// <summary>Creates an empty database in a new or empty folder.</summary>
    /// <exception cref="DatabaseException">The folder holds files already, or the description is not valid.</exception>
    public static EmbeddedIndex Create(string path, DatabaseInfo info, int parallelism = -1, TimeProvider? time = null)
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
            new Commit().Write(folder);
            return new EmbeddedIndex(folder, parallelism, time);
        });
    }

    public Task<IReadOnlyList<Neighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        NeighborFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var normalized = queries.Select(query => EmbeddingMath.NormalizeQuery(query.Span, Info)).ToArray();
        return ReadAsync(current =>
        {
            var visible = current.At(filter?.Version);
            var search = new ExactSearch(current, visible, normalized, k, parallelism, cancellationToken);
            var except = current.FindRows(filter?.Except ?? [], visible, cancellationToken).ToHashSet();
            var best = filter?.Only is { } only
                ? search.Scan(current.FindRows(only, visible, cancellationToken).Where(row => !except.Contains(row)))
                : search.Scan(except);
            return Array.ConvertAll(best, found => (IReadOnlyList<Neighbor>)found.ToList().ConvertAll(item =>
                new Neighbor(item.Row, item.Score, current.ReadEmbedding(item.Row), current.Records.ReadProvenance(item.Row))));
        }, cancellationToken);
    }

    public Task<DatabaseRow> GetAsync(long row, CancellationToken cancellationToken = default) => ReadAsync(current =>
    {
        if (!current.Unpurged.Contains(row))
            throw new DatabaseException(row < 0 || row >= current.Commit.Rows
                ? $"Database '{Info.Name}' has no row {row}; it has {current.Commit.Rows} rows."
                : $"Row {row} of database '{Info.Name}' was purged.");
        var (embedding, thumbnail) = (current.ReadEmbedding(row), current.Records.ReadThumbnail(row));
        return new DatabaseRow(embedding, current.Records.ReadProvenance(row), thumbnail); // last: it notices a purge
    }, cancellationToken);

    public Task<long> RefreshAsync(CancellationToken cancellationToken = default) => Task.Run(() =>
    {
        snapshot.Refresh();
        return Version;
    }, cancellationToken);

    public void Dispose() => snapshot.Dispose();

    T Look<T>(Func<Snapshot, T> look)
    {
        using var current = snapshot.Share();
        return look(current);
    }

    /// <summary>Reads the newest state known; what fails on a state that has been overtaken is tried on the newer one.</summary>
    Task<T> ReadAsync<T>(Func<Snapshot, T> read, CancellationToken cancellationToken) => Task.Run(() =>
    {
        while (true)
        {
            using var current = snapshot.Share();
            try
            {
                return read(current);
            }
            catch (DatabaseException) when (snapshot.IsOvertaken(current))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }, cancellationToken);

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
