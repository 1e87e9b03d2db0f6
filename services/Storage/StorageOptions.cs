using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The longer side of a thumbnail, in pixels. [default: 256]</summary>
    [Range(16, 4096)]
    public int ThumbnailSide { get; set; } = 256;

    /// <summary>How often expired results are looked for. [default: 15 min]</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Jobs that are stored at once. [default: 8]</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;
}
