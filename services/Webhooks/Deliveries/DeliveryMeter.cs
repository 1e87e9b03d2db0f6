using System.Diagnostics.Metrics;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>What comes of webhooks, as metrics.</summary>
sealed class DeliveryMeter
{
    readonly Counter<int> attempts;
    readonly Histogram<double> durations;
    readonly Histogram<double> delays;
    readonly Counter<int> disabled;

    public DeliveryMeter(IMeterFactory meters)
    {
        var meter = meters.Create("RdmCloud.Webhooks");
        attempts = meter.CreateCounter<int>(
            "rdm.webhook.attempts", "{attempt}", "Messages sent, by outcome: delivered, refused, unreachable, held back.");
        durations = meter.CreateHistogram("rdm.webhook.attempt.duration", "s", "How long sending a message once took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15] });
        delays = meter.CreateHistogram("rdm.webhook.delay", "s", "From what happened to when it was delivered.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 30, 300, 1800, 7200, 86400] });
        disabled = meter.CreateCounter<int>(
            "rdm.webhook.endpoints.disabled", "{endpoint}", "Endpoints that get nothing any more.");
    }

    public void Attempted(Attempt attempt, TimeSpan duration, TimeSpan sinceEvent)
    {
        attempts.Add(1, new KeyValuePair<string, object?>("outcome", Outcome(attempt)));
        if (attempt.Counts)
            durations.Record(duration.TotalSeconds);
        if (attempt.Arrived)
            delays.Record(sinceEvent.TotalSeconds);
    }

    public void Disabled() => disabled.Add(1);

    static string Outcome(Attempt attempt) => attempt switch
    {
        { Arrived: true } => "delivered",
        { Counts: false } => "held back",
        { Status: not null } => "refused",
        _ => "unreachable",
    };
}
