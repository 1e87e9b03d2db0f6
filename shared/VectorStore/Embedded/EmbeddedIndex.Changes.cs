namespace RdmCloud.VectorStore.Embedded;

public sealed partial class EmbeddedIndex
{
    const int RowsPerReport = 1024;

    public Task<long> AppendAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(writer => WriteAsync(writer, rows, writer.Append, progress, cancellationToken), cancellationToken);

    public Task<long> UpsertAsync(IAsyncEnumerable<DatabaseRow> rows, IProgress<long>? progress = null,
        CancellationToken cancellationToken = default) =>
        ChangeAsync(writer =>
        {
            var upsert = new Upsert(writer);
            return WriteAsync(writer, rows, upsert.Add, progress, cancellationToken, upsert.Complete);
        }, cancellationToken);

    public Task<Removal> RemoveAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default) =>
        ChangeAsync(writer =>
        {
            var rows = writer.Before.FindRows(imageIds, writer.Before.At(null), cancellationToken);
            writer.Remove(rows);
            return Task.FromResult(new Removal(writer.Commit(time), rows.Count));
        }, cancellationToken);

    public Task<Removal> PurgeAsync(IReadOnlyCollection<string> imageIds, CancellationToken cancellationToken = default) =>
        ChangeAsync(writer =>
        {
            var rows = writer.Before.FindRows(imageIds, writer.Before.Unpurged, cancellationToken);
            writer.Remove(rows.Where(writer.Before.At(null).Contains));
            writer.Purge(rows);
            return Task.FromResult(new Removal(writer.Commit(time), rows.Count));
        }, cancellationToken);

    async Task<long> WriteAsync(
        Writer writer, IAsyncEnumerable<DatabaseRow> rows, Action<EncodedRow> write, IProgress<long>? progress,
        CancellationToken cancellationToken, Action? complete = null)
    {
        var encoder = new RowEncoder(Info);
        var taken = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            write(encoder.Encode(row));
            if (++taken % RowsPerReport == 0)
                progress?.Report(taken);
        }
        complete?.Invoke();
        cancellationToken.ThrowIfCancellationRequested();
        var version = writer.Commit(time);
        progress?.Report(taken);
        return version;
    }

    Task<T> ChangeAsync<T>(Func<Writer, Task<T>> change, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        try
        {
            using var writer = new Writer(folder, Info);
            var result = await change(writer);
            snapshot.Refresh(); // before purged rows are overwritten, so that no new search meets them
            writer.Erase();
            snapshot.Refresh();
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException(
                $"Database '{Info.Name}' could not be changed; what it holds is unharmed. {exception.Message}", exception);
        }
    }, cancellationToken);
}
