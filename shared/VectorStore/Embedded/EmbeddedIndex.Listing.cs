namespace RdmCloud.VectorStore.Embedded;

public sealed partial class EmbeddedIndex
{
    public Task<IReadOnlyList<ListedRow>> ListAsync(
        long? version, long afterRow, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return ReadAsync(current =>
        {
            var visible = current.At(version);
            var listed = new List<ListedRow>();
            for (var row = Math.Max(0, Math.Min(afterRow, visible.End) + 1); row < visible.End && listed.Count < limit; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (visible.Contains(row))
                    listed.Add(new(row, current.Records.ReadProvenance(row)));
            }
            return (IReadOnlyList<ListedRow>)listed;
        }, cancellationToken);
    }

    public Task<IReadOnlyList<ListedRow>> FindAsync(
        string imageId, long? version = null, CancellationToken cancellationToken = default) =>
        ReadAsync(current => (IReadOnlyList<ListedRow>)current.FindRows([imageId], current.At(version), cancellationToken)
            .ConvertAll(row => new ListedRow(row, current.Records.ReadProvenance(row))), cancellationToken);
}
