using System.Diagnostics.Metrics;

namespace RdmCloud.Retrieval.Neighbors;

/// <summary>How long neighbors are looked for, as a metric.</summary>
sealed class SearchMeter
{
    readonly Histogram<double> durations;
    readonly TimeProvider time;

    public SearchMeter(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        durations = meters.Create("RdmCloud.Retrieval").CreateHistogram("rdm.retrieval.search.duration", "s",
            "How long it took to find a query's neighbors in all of its databases.", advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            });
    }

    public async Task<T> MeasureAsync<T>(Task<T> search)
    {
        var begun = time.GetTimestamp();
        var isFound = false;
        try
        {
            var found = await search;
            isFound = true;
            return found;
        }
        finally
        {
            durations.Record(time.GetElapsedTime(begun).TotalSeconds,
                new KeyValuePair<string, object?>("outcome", isFound ? "found" : "failed"));
        }
    }
}
