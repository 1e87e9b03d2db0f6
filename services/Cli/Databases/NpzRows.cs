using RdmCloud.Cli.Hosting;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.CompVis;

namespace RdmCloud.Cli.Databases;

/// <summary>The original's embeddings.</summary>
sealed class NpzRows : IRowSource
{
    readonly CompVisDatabase database;

    public NpzRows(string path, string name, int dimension)
    {
        database = CompVisDatabase.Open(path, name);
        if (database.Dimension != dimension)
            throw new UsageException(
                $"'{path}' holds embeddings of {database.Dimension} values; the model's have {dimension}. "
                + "Name the right model with --model.");
    }

    public long Count => database.Count;

    public IEnumerable<DatabaseRow> Read(CancellationToken cancellationToken) =>
        database.ReadAsync().ToBlockingEnumerable(cancellationToken);

    public void Dispose() { }
}
