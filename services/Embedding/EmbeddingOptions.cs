using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Embedding;

/// <summary>Section <c>Embedding</c>.</summary>
public sealed class EmbeddingOptions
{
    public const string Section = "Embedding";

    /// <summary>The most prompts that are embedded in one call. [default: 32]</summary>
    [Range(1, 1024)]
    public int MaxBatch { get; set; } = 32;

    /// <summary>How long prompts that wait together wait for more; a lone prompt never waits. [default: 3 ms]</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Embeddings of prompts and query pictures that are remembered. [default: 10,000]</summary>
    [Range(1, 10_000_000)]
    public int CacheEntries { get; set; } = 10_000;

    /// <summary>Threads to compute with; more than one only where the cores are free. [default: 1]</summary>
    [Range(1, 256)]
    public int Threads { get; set; } = 1;

    /// <summary>Disk space for the zip archives of running imports, in bytes; a larger one is refused. [default: 8 GiB]</summary>
    [Range(1, long.MaxValue)]
    public long ArchiveBytes { get; set; } = 8L << 30;
}
