using System.Numerics.Tensors;
using RdmCloud.ObjectStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// A database whose rows are in Milvus. Each row bears the versions that added and removed it; which version is the latest
/// says its history, and with it the time of Milvus that a search has to have seen:
/// no search waits for more than its own version.
/// </summary>
/// <remarks>
/// A database may be open in any number of processes. Scores are computed anew from the rows found: equal ones are equal.
/// </remarks>
public sealed partial class MilvusIndex : INeighborIndex
{
    readonly MilvusDatabase database;
    volatile DatabaseState state = DatabaseState.Empty;
    volatile bool isDisposed;

    MilvusIndex(MilvusDatabase database) => this.database = database;

    public DatabaseInfo Info => database.Info;

    public long Count => state.Count;

    public long Version => state.Version;

    public IReadOnlyList<DatabaseVersion> Versions => state.Versions;

    /// <param name="id">Of the database, unique in the installation: 1 to 64 small letters, digits and '_'.</param>
    /// <param name="objects">Where thumbnails are kept.</param>
    /// <exception cref="DatabaseException">The id or the description is not valid.</exception>
    public static async Task<MilvusIndex> OpenAsync(
        MilvusCollections collections, string id, DatabaseInfo info, IDatabaseHistory history,
        IObjectStore objects, TimeProvider time, CancellationToken cancellationToken)
    {
        info.Validate();
        var index = new MilvusIndex(new(collections, RowFilter.CheckId(id), info, history, objects, time));
        await index.RefreshAsync(cancellationToken);
        return index;
    }

    /// <summary>Deletes all rows and thumbnails of a database. Its history is its owner's to delete, after this.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await (await database.SharedTableAsync(cancellationToken)).DeleteAllAsync(cancellationToken);
        if (state.Collection is { } own)
            await database.Collections.DropAsync(own, cancellationToken);
        await database.Thumbnails.DeleteAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Neighbor>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k,
        NeighborFilter? filter = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var normalized = queries.Select(query => EmbeddingMath.NormalizeQuery(query.Span, Info)).ToArray();
        var (current, version) = await StateAtAsync(filter?.Version, cancellationToken);
        k = (int)Math.Min(k, current.NextRow);
        if (k >= MilvusTable.MaxRows)
            throw new DatabaseException(
                $"A search of database '{Info.Name}' finds {MilvusTable.MaxRows - 1} rows at the most; {k} were asked for.");
        if (queries.Count == 0 || k == 0 || filter?.Only is { Count: 0 })
            return [.. queries.Select(_ => (IReadOnlyList<Neighbor>)[])];
        var table = await database.TableAsync(current, cancellationToken);
        // One more than wanted: if it is as near as the last one, which of the two it is depends on Milvus,
        // and more are asked for.
        for (var asked = k + 1; ; asked = Math.Min(2 * asked, MilvusTable.MaxRows))
        {
            var rows = await table.SearchAsync(queries, asked, Condition(version, filter), current.Timestamp, cancellationToken);
            var found = rows.Select((list, query) => Score(normalized[query], list)).ToArray();
            if (asked == MilvusTable.MaxRows || found.Zip(rows).All(pair =>
                pair.Second.Count < asked || (pair.First.Count > k && pair.First[k - 1].Score > pair.First[^1].Score)))
                return Array.ConvertAll(found, list => (IReadOnlyList<Neighbor>)list.GetRange(0, Math.Min(k, list.Count)));
        }
    }

    public async Task<DatabaseRow> GetAsync(long row, CancellationToken cancellationToken = default)
    {
        var current = state;
        var table = await database.TableAsync(current, cancellationToken);
        var rows = await table.QueryAsync(RowFilter.Is(row), current.Timestamp, withEmbeddings: true, cancellationToken);
        return rows is [var found]
            ? new(found.Embedding, RowFactory.ProvenanceOf(found), await database.Thumbnails.GetAsync(found, cancellationToken))
            : throw new DatabaseException(row < 0 || row >= current.NextRow
                ? $"Database '{Info.Name}' has no row {row}; it has {current.NextRow} rows."
                : $"Row {row} of database '{Info.Name}' was purged.");
    }

    public async Task<IReadOnlyList<ListedRow>> ListAsync(
        long? version, long afterRow, int limit, CancellationToken cancellationToken = default)
    {
        var (current, at) = await StateAtAsync(version, cancellationToken);
        var table = await database.TableAsync(current, cancellationToken);
        var listed = new List<ListedRow>();
        var last = Math.Max(afterRow, -1);
        while (listed.Count < limit && last < current.NextRow - 1)
        {
            var end = last + Math.Clamp(2L * limit, 256, MilvusTable.MaxRows);
            var rows = await table.QueryAsync($"{RowFilter.Between(last, end)} and {RowFilter.At(at)}",
                current.Timestamp, withEmbeddings: false, cancellationToken);
            listed.AddRange(rows.Select(row => new ListedRow(row.Row, RowFactory.ProvenanceOf(row))));
            last = end;
        }
        return listed.Count > limit ? listed.GetRange(0, limit) : listed;
    }

    public async Task<IReadOnlyList<ListedRow>> FindAsync(
        string imageId, long? version = null, CancellationToken cancellationToken = default)
    {
        var (current, at) = await StateAtAsync(version, cancellationToken);
        var table = await database.TableAsync(current, cancellationToken);
        var rows = await table.QueryAsync($"{RowFilter.At(at)} and {RowFilter.Images([imageId])}",
            current.Timestamp, withEmbeddings: false, cancellationToken);
        return rows.ConvertAll(row => new ListedRow(row.Row, RowFactory.ProvenanceOf(row)));
    }

    public async Task<long> RefreshAsync(CancellationToken cancellationToken = default)
    {
        Newer(await database.History.ReadAsync(state, cancellationToken));
        return Version;
    }

    public void Dispose() => isDisposed = true;

    static string Condition(long version, NeighborFilter? filter)
    {
        var condition = RowFilter.At(version);
        if (filter?.Only is { } only)
            condition += $" and {RowFilter.Images(only)}";
        if (filter?.Except is { Count: > 0 } except)
            condition += $" and {RowFilter.NotImages(except)}";
        return condition;
    }

    static List<Neighbor> Score(float[] query, List<MilvusRow> rows) =>
    [
        .. rows.DistinctBy(row => row.Row)
            .Select(row => new Neighbor(
                row.Row, TensorPrimitives.Dot(query, EmbeddingMath.Normalize(row.Embedding)),
                row.Embedding, RowFactory.ProvenanceOf(row)))
            .OrderByDescending(neighbor => neighbor.Score).ThenBy(neighbor => neighbor.Row),
    ];

    /// <exception cref="DatabaseException">There is no such version.</exception>
    async Task<(DatabaseState State, long Version)> StateAtAsync(long? version, CancellationToken cancellationToken)
    {
        if (version > state.Version)
            await RefreshAsync(cancellationToken);
        var current = state;
        return version is null || (version >= 0 && version <= current.Version)
            ? (current, version ?? current.Version)
            : throw new DatabaseException($"Database '{Info.Name}' has no version {version}; the latest is {current.Version}.");
    }

    void Newer(DatabaseState read)
    {
        lock (database)
            if (read.Revision > state.Revision)
                state = read;
    }
}
