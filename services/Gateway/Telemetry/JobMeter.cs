using System.Diagnostics.Metrics;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Telemetry;

/// <summary>What happens to jobs, as metrics.</summary>
public sealed class JobMeter
{
    static readonly InstrumentAdvice<double> durations = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400],
    };

    readonly Counter<int> submitted;
    readonly Counter<int> ended;
    readonly Histogram<double> waits;
    readonly Histogram<double> lives;

    public JobMeter(IMeterFactory meters)
    {
        var meter = meters.Create("RdmCloud.Gateway");
        submitted = meter.CreateCounter<int>("rdm.jobs.submitted", "{job}", "Jobs accepted.");
        ended = meter.CreateCounter<int>("rdm.jobs.ended", "{job}", "Jobs that are over, by status.");
        waits = meter.CreateHistogram(
            "rdm.job.wait", "s", "From a job's acceptance to when a worker began to draw it.", advice: durations);
        lives = meter.CreateHistogram(
            "rdm.job.duration", "s", "From a job's acceptance to its end, by status.", advice: durations);
    }

    public void Note(Job job, JobEvent happened)
    {
        var model = new KeyValuePair<string, object?>("model", job.Model);
        var since = (happened.At - job.CreatedAt).TotalSeconds;
        if (happened.Type == JobEventTypes.Queued)
            submitted.Add(1, model);
        else if (happened.Type == JobEventTypes.Started)
            waits.Record(since, model);
        else if (JobEventTypes.IsFinal(happened.Type))
        {
            var status = new KeyValuePair<string, object?>("status", happened.Type);
            ended.Add(1, model, status);
            lives.Record(since, model, status);
        }
    }
}
