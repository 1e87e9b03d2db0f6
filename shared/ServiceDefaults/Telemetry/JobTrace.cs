using System.Diagnostics;

namespace RdmCloud.ServiceDefaults.Telemetry;

/// <summary>
/// A job's trace begins with the request that submitted it. The bus and HTTP carry it on by themselves; where a job waits in
/// a table meanwhile, what goes on with it goes on with its trace.
/// </summary>
public static class JobTrace
{
    internal const string SourceName = "RdmCloud";

    static readonly ActivitySource source = new(SourceName);

    /// <param name="traceParent">Of the job, as W3C's Trace Context writes it; null where it came without a trace.</param>
    public static Activity? Resume(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? source.StartActivity(name, kind, parent)
            : null;

    /// <summary>What a trace is found by.</summary>
    public static void Tag(this Activity? activity, string tenant, string job) =>
        activity?.SetTag("rdm.tenant", tenant).SetTag("rdm.job", job);
}
