using System.Diagnostics.Metrics;
using RdmCloud.Embedding.Queries;

namespace RdmCloud.Embedding.Clips;

/// <summary>What CLIP is busy with, as metrics.</summary>
sealed class ClipMeter
{
    readonly Histogram<double> durations;
    readonly Histogram<int> batches;
    readonly TimeProvider time;

    public ClipMeter(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create("RdmCloud.Embedding");
        durations = meter.CreateHistogram("rdm.embedding.duration", "s", "How long one call of a tower took.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
            });
        batches = meter.CreateHistogram("rdm.embedding.batch", "{item}", "Texts or pictures that were embedded in one call.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] });
    }

    /// <summary>Does the work of a batch and tells how long it took.</summary>
    public void Measure(QueryKind kind, int items, Action embed)
    {
        var begun = time.GetTimestamp();
        embed();
        KeyValuePair<string, object?> tag = new("kind", kind.ToString().ToLowerInvariant());
        durations.Record(time.GetElapsedTime(begun).TotalSeconds, tag);
        batches.Record(items, tag);
    }
}
