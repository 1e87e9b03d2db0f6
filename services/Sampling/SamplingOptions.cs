using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Sampling;

/// <summary>Section <c>Sampling</c>: how much a worker takes on.</summary>
public sealed class SamplingOptions
{
    public const string Section = "Sampling";

    /// <summary>
    /// Pictures that are drawn at the same time, of each model; as many jobs are taken from the interactive lane. [default: 16]
    /// </summary>
    [Range(1, 256)]
    public int Slots { get; set; } = 16;

    /// <summary>The part of the slots for which jobs are taken from the bulk lane; one at least. [default: 0.25]</summary>
    [Range(0.0, 1.0)]
    public double BulkShare { get; set; } = 0.25;

    /// <summary>Rows of one network call; a picture with guidance needs two. [default: 32]</summary>
    [Range(2, 1024)]
    public int MaxRows { get; set; } = 32;

    /// <summary>Pictures that are decoded in one call. [default: 4]</summary>
    [Range(1, 256)]
    public int DecodeBatch { get; set; } = 4;

    /// <summary>
    /// CPU threads for one operation of the network. [default: as many as a short measurement at start finds free]
    /// </summary>
    [Range(1, 256)]
    public int? Threads { get; set; }

    /// <summary>The longest side of a picture, in pixels. [default: 1024]</summary>
    [Range(8, 8192)]
    public int MaxSide { get; set; } = 1024;

    /// <summary>The most steps of a job. [default: 250]</summary>
    [Range(1, 10_000)]
    public int MaxSteps { get; set; } = 250;

    /// <summary>The shortest time between two reports of a job's progress. [default: 0.5 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The shortest time between two previews of a picture. [default: 1 s]</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PreviewInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Jobs taken from the bulk lane at the same time.</summary>
    public int BulkJobs => Math.Max(1, (int)(Slots * BulkShare));
}
