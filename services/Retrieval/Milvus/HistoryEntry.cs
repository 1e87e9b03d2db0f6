using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Retrieval.Milvus;

/// <summary>The state of one database whose rows are in Milvus.</summary>
sealed class HistoryEntry
{
    public required string Database { get; init; }

    public long Revision { get; set; }

    public long Version { get; set; }

    public long NextRow { get; set; }

    /// <summary>Milvus's time, whose 64 bits have no sign.</summary>
    public long Timestamp { get; set; }

    public string? Collection { get; set; }

    public DateTimeOffset? MovedAt { get; set; }

    public bool IsUnclean { get; set; }

    /// <summary>Who changes the database now.</summary>
    [ConcurrencyCheck]
    public Guid? Writer { get; set; }

    /// <summary>Then the writer has lost its turn, if it is not heard of.</summary>
    public DateTimeOffset? WriterUntil { get; set; }
}
