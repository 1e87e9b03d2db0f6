namespace RdmCloud.VectorStore.Milvus;

public sealed partial class MilvusIndex
{
    const int RowsPerReport = 1024;

    public async Task<long> AppendAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using (var change = await MilvusChange.BeginAsync(database, cancellationToken))
        {
            await TakeAsync(
                rows, (row, thumbnail) => change.AddAsync(row, thumbnail, cancellationToken), progress, cancellationToken);
            Newer(await change.CommitAsync(cancellationToken));
        }
        return await GrowAsync(cancellationToken);
    }

    public async Task<long> UpsertAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default)
    {
        await using (var change = await MilvusChange.BeginAsync(database, cancellationToken))
        {
            var upsert = new MilvusUpsert(change);
            await TakeAsync(
                rows, (row, thumbnail) => upsert.AddAsync(row, thumbnail, cancellationToken), progress, cancellationToken);
            await upsert.CompleteAsync(cancellationToken);
            Newer(await change.CommitAsync(cancellationToken));
        }
        return await GrowAsync(cancellationToken);
    }

    public async Task<Removal> RemoveAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default)
    {
        await using var change = await MilvusChange.BeginAsync(database, cancellationToken);
        var rows = await FindAsync(change, RowFilter.At(change.Before.Version), imageIds, cancellationToken);
        await change.RemoveAsync(rows, cancellationToken);
        Newer(await change.CommitAsync(cancellationToken));
        return new(Version, rows.Count);
    }

    /// <remarks>Milvus hides deleted rows at once, and drops them from its files when it compacts them.</remarks>
    public async Task<Removal> PurgeAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default)
    {
        await RemoveAsync(imageIds, cancellationToken); // first: whatever comes between, the count of rows stays right
        await using var change = await MilvusChange.BeginAsync(database, cancellationToken);
        var rows = await FindAsync(change, RowFilter.AddedAfter(0), imageIds, cancellationToken);
        await change.PurgeAsync(rows, cancellationToken);
        Newer(await change.CommitAsync(cancellationToken));
        return new(Version, rows.Count);
    }

    async Task TakeAsync(IAsyncEnumerable<DatabaseRow> rows, Func<MilvusRow, ReadOnlyMemory<byte>, Task> take,
        IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var factory = new RowFactory(Info);
        var taken = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await take(factory.Make(row), row.Thumbnail);
            if (++taken % RowsPerReport == 0)
                progress?.Report(taken);
        }
        progress?.Report(taken);
    }

    static async Task<List<MilvusRow>> FindAsync(
        MilvusChange change, string filter, IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken) =>
        imageIds.Count == 0 ? [] : await change.Table.QueryAsync(
            $"{filter} and {RowFilter.Images(imageIds)}", change.Before.Timestamp, withEmbeddings: true, cancellationToken);

    /// <summary>Moves a database that has become large to a collection of its own, while it is searched where it is.</summary>
    async Task<long> GrowAsync(CancellationToken cancellationToken)
    {
        if (state.Collection is not null || state.Count < database.Collections.OwnCollectionFrom)
            return Version;
        await using var change = await MilvusChange.BeginAsync(database, cancellationToken);
        if (change.Before.Collection is null)
        {
            var own = await database.Collections.MakeOwnAsync(database.Id, Info.Dimension);
            var table = new MilvusTable(database.Collections, own, database.Id, Info.Dimension);
            var step = MilvusTable.RowsPerBatch(Info.Dimension);
            for (var row = -1L; row < change.Before.NextRow - 1; row += step)
            {
                var some = await change.Table.QueryAsync(
                    RowFilter.Between(row, row + step), change.Before.Timestamp, withEmbeddings: true, cancellationToken);
                change.Saw(await table.InsertAsync(some, cancellationToken));
            }
            await table.FlushAsync(cancellationToken);
            Newer(await change.MoveAsync(own));
        }
        return Version;
    }
}
