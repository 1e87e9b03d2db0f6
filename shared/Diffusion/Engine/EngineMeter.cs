using System.Diagnostics.Metrics;

namespace RdmCloud.Diffusion.Engine;

/// <summary>What an engine tells of itself, as metrics of the meter <c>RdmCloud.Diffusion</c>.</summary>
sealed class EngineMeter(string model)
{
    static readonly Meter meter = new("RdmCloud.Diffusion");

    static readonly InstrumentAdvice<double> durations = Buckets(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10);

    static readonly Histogram<double> steps = meter.CreateHistogram("rdm.sampling.step.duration", "s",
        "How long one network call took, with which all pictures of a batch make a step.", advice: durations);

    static readonly Histogram<int> rows = meter.CreateHistogram("rdm.sampling.batch.rows", "{row}",
        "Rows of one network call; a picture with guidance has two.", advice: Buckets(1, 2, 4, 8, 16, 32, 64));

    static readonly Histogram<double> occupancy = meter.CreateHistogram("rdm.sampling.batch.occupancy", "1",
        "Rows of one network call in proportion to those that would fit.",
        advice: Buckets(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1));

    static readonly Histogram<double> decodings = meter.CreateHistogram("rdm.sampling.decode.duration", "s",
        "How long one decoder call took.", advice: durations);

    static readonly Counter<int> pictures = meter.CreateCounter<int>("rdm.sampling.pictures", "{picture}", "Pictures drawn.");

    static readonly UpDownCounter<int> slots = meter.CreateUpDownCounter<int>("rdm.sampling.slots.used", "{picture}",
        "Pictures that are being drawn.");

    readonly KeyValuePair<string, object?> tag = new("model", model);

    public void Stepped(TimeSpan duration, int batch, int mostRows)
    {
        steps.Record(duration.TotalSeconds, tag);
        rows.Record(batch, tag);
        occupancy.Record((double)batch / mostRows, tag);
    }

    public void Decoded(TimeSpan duration) => decodings.Record(duration.TotalSeconds, tag);

    public void Drawn() => pictures.Add(1, tag);

    public void SlotsChanged(int by) => slots.Add(by, tag);

    static InstrumentAdvice<T> Buckets<T>(params T[] boundaries) where T : struct =>
        new() { HistogramBucketBoundaries = boundaries };
}
