using Google.Protobuf;
using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>The rows of one database in one collection.</summary>
sealed class MilvusTable(MilvusCollections collections, string collection, string database, int dimension)
{
    /// <summary>The most rows that one answer may hold.</summary>
    public const int MaxRows = 16_384;

    const int KeysPerDelete = 1000;
    const int MaxBatchBytes = 8 << 20; // Milvus takes 64 MiB
    const int SessionConsistency = 1, StrongConsistency = 0, BooleanExpression = 1;

    readonly string of = RowFilter.Of(database);

    /// <summary>Writes rows. What is tried again because an answer got lost may be there twice.</summary>
    /// <returns>Milvus's time at which they are there; 0 for no rows.</returns>
    /// <remarks>Not Milvus's upsert: version 2.3 loses rows with it where a collection has a partition key.</remarks>
    public async Task<ulong> InsertAsync(IReadOnlyList<MilvusRow> rows, CancellationToken cancellationToken)
    {
        var latest = 0UL;
        if (rows.Count == 0)
            return latest;
        foreach (var batch in rows.Chunk(RowsPerBatch(dimension)))
        {
            var request = new InsertRequest
            {
                DbName = collections.DatabaseName, CollectionName = collection, NumRows = (uint)batch.Length,
            };
            request.FieldsData.AddRange(RowColumns.Write(database, batch));
            var written = await collections.Connection.CallAsync(
                (service, call) => service.InsertAsync(request, call), answer => answer.Status, cancellationToken);
            latest = Math.Max(latest, written.Timestamp);
        }
        return latest;
    }

    /// <summary>Deletes these rows as they are: not what has the same number and was removed by another version.</summary>
    /// <returns>Milvus's time at which they are gone; 0 for no rows.</returns>
    public async Task<ulong> DeleteAsync(IReadOnlyList<MilvusRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return 0;
        var mark = MilvusRow.Mark(dimension);
        foreach (var batch in rows.Append(mark).Select(row => $"\"{row.KeyIn(database)}\"").Chunk(KeysPerDelete))
            await DeleteAsync($"{RowColumns.Key} in [{string.Join(',', batch)}]", cancellationToken);
        return await InsertAsync([mark], cancellationToken); // a deletion does not say when it was, what is written after it does
    }

    /// <summary>Deletes all rows of the database.</summary>
    public Task DeleteAllAsync(CancellationToken cancellationToken) => DeleteAsync(of, cancellationToken);

    /// <summary>The rows that pass a filter, in ascending order.</summary>
    /// <param name="since">Milvus's time up to which all changes are to be seen; null for all that there are.</param>
    public async Task<List<MilvusRow>> QueryAsync(
        string filter, ulong? since, bool withEmbeddings, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            DbName = collections.DatabaseName, CollectionName = collection, Expr = Also(filter),
            OutputFields = { withEmbeddings ? RowColumns.All : RowColumns.Known },
            ConsistencyLevel = since is null ? StrongConsistency : SessionConsistency, GuaranteeTimestamp = since ?? 0,
        };
        var found = await collections.Connection.CallAsync(
            (service, call) => service.QueryAsync(request, call), answer => answer.Status, cancellationToken);
        return [.. RowColumns.Read(found.FieldsData).DistinctBy(row => row.Row).OrderBy(row => row.Row)];
    }

    /// <summary>The nearest rows of each query, in Milvus's order.</summary>
    public async Task<List<MilvusRow>[]> SearchAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, int k, string filter,
        ulong since, CancellationToken cancellationToken)
    {
        var placeholder = new PlaceholderValue { Tag = "$0", Type = RowColumns.QueryType };
        placeholder.Values.AddRange(queries.Select(query => ByteString.CopyFrom(RowColumns.Query(query.Span))));
        var request = new SearchRequest
        {
            DbName = collections.DatabaseName, CollectionName = collection, Dsl = Also(filter), DslType = BooleanExpression,
            PlaceholderGroup = new PlaceholderGroup { Placeholders = { placeholder } }.ToByteString(), Nq = queries.Count,
            OutputFields = { RowColumns.All }, ConsistencyLevel = SessionConsistency, GuaranteeTimestamp = since,
        };
        request.SearchParams.AddRange(IndexParameters.ForSearching(MilvusCollections.KindOf(collection), k));
        var found = await collections.Connection.CallAsync(
            (service, call) => service.SearchAsync(request, call), answer => answer.Status, cancellationToken);
        var rows = RowColumns.Read(found.Results.FieldsData);
        var (lists, start) = (new List<MilvusRow>[queries.Count], 0);
        for (var query = 0; query < queries.Count; query++)
        {
            var count = query < found.Results.Topks.Count ? (int)found.Results.Topks[query] : 0;
            lists[query] = rows.GetRange(start, count);
            start += count;
        }
        return lists;
    }

    /// <summary>Seals what was written, so that Milvus indexes it.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => collections.Connection.CallAsync((service, call) =>
        service.FlushAsync(new() { DbName = collections.DatabaseName, CollectionNames = { collection } }, call),
        answer => answer.Status, cancellationToken);

    public static int RowsPerBatch(int dimension) => Math.Max(1, MaxBatchBytes / (dimension * sizeof(float) + 1024));

    Task DeleteAsync(string filter, CancellationToken cancellationToken) => collections.Connection.CallAsync((service, call) =>
        service.DeleteAsync(new() { DbName = collections.DatabaseName, CollectionName = collection, Expr = filter }, call),
        answer => answer.Status, cancellationToken);

    string Also(string filter) => $"{of} and {filter}";
}
