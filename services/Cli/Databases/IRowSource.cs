using RdmCloud.VectorStore;

namespace RdmCloud.Cli.Databases;

/// <summary>Something that a database is made of.</summary>
interface IRowSource : IDisposable
{
    /// <summary>As far as is known; some may turn out bad.</summary>
    long Count { get; }

    IEnumerable<DatabaseRow> Read(CancellationToken cancellationToken);
}
