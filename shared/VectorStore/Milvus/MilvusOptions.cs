using System.ComponentModel.DataAnnotations;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>Section <c>Milvus</c>: the server that keeps the rows of databases, where there is one.</summary>
public sealed class MilvusOptions
{
    public const string Section = "Milvus";

    /// <summary>
    /// Where it answers, as <c>http://host:19530</c>, or <c>https://</c> with TLS; null for databases in folders.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary><c>user:password</c>, or a key; null where it asks for none.</summary>
    public string? Token { get; set; }

    /// <summary>The Milvus database that holds the collections; null for its default.</summary>
    public string? Database { get; set; }

    /// <summary>The longest time of one call. [default: 30 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long calls are tried again while it is out of reach. [default: 1 min]</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Rows from which on a database has a collection of its own; smaller ones share one. [default: 20,000]</summary>
    [Range(1, long.MaxValue)]
    public long OwnCollectionFrom { get; set; } = 20_000;

    /// <summary>How a collection of one database is indexed. [default: scann]</summary>
    public MilvusIndexKind Index { get; set; } = MilvusIndexKind.Scann;
}
