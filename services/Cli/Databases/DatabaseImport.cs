using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Cli.Databases;

/// <summary>Fills a database: all rows become visible together, and a new database that gets none is not left behind.</summary>
sealed class DatabaseImport(ModelManifest model, IReadOnlyList<IRowSource> sources, Action<double, double> progress)
{
    /// <param name="description">Of a new database; null for one that is there.</param>
    /// <exception cref="DatabaseException">No row could be imported, or the database cannot be written.</exception>
    public async Task<DatabaseReport> RunAsync(string folder, DatabaseInfo? description, CancellationToken cancellationToken)
    {
        using var index = description is null ? EmbeddedIndex.Open(folder) : EmbeddedIndex.Create(folder, description);
        var before = index.Count;
        try
        {
            EmbeddingSpaces.Check(model, index.Info);
            await index.AppendAsync(Rows(cancellationToken).ToAsyncEnumerable(), progress: null, cancellationToken);
            if (index.Count == before)
                throw new DatabaseException("There was no picture that could be imported.");
            return DatabaseReport.Of(index, folder) with { Added = index.Count - before };
        }
        catch when (description is not null)
        {
            index.Dispose();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    IEnumerable<DatabaseRow> Rows(CancellationToken cancellationToken)
    {
        var (done, total) = (0L, sources.Sum(source => source.Count));
        progress(0, total);
        foreach (var source in sources)
            foreach (var row in source.Read(cancellationToken))
            {
                progress(++done, total);
                yield return row;
            }
    }
}
