using System.Globalization;
using RdmCloud.Cli.Bench.Charts;
using RdmCloud.Cli.Bench.Statistics;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>What a person reads after a run.</summary>
static class LoadSummary
{
    static readonly string[] latency = ["p50 s", "p90 s", "p95 s", "p99 s", "max s"];

    public static void Write(LoadReport report)
    {
        Terminal.WriteProperties(
            ("jobs", FormattableString.Invariant($"{report.Completed} drawn of {report.Submitted} submitted")
                + (report.Submitted < report.Planned ? $"; {report.Planned - report.Submitted} more would have come" : "")),
            ("in all", FormattableString.Invariant($"{report.Seconds} s, {report.JobsPerSecond} jobs/s")
                + FormattableString.Invariant($", {report.PicturesPerSecond} pictures/s")),
            ("fairness", FormattableString.Invariant($"Jain's index {report.JainIndex:0.000}")
                + (report.WorstToMedianP95 is { } ratio
                    ? FormattableString.Invariant($", p95 of the worst tenant ÷ median tenant {ratio:0.00}") : "")),
            ("errors", report.Errors.Count == 0 ? null
                : string.Join("; ", report.Errors.Select(error => $"{error.Value} × {error.Key}"))),
            ("requests made again", report.Retries == 0 ? null : report.Retries.ToString(CultureInfo.InvariantCulture)));
        if (report.Latency is null)
            return;
        Tables.Write(["tenant", "share", "weight", "jobs", "errors", .. latency, "served ÷ fair"],
            [.. report.Tenants.Select(Row), All(report)]);
        Tables.Write(["stage", .. latency], report.Stages.Select(stage => (string[])[stage.Key, .. Cells(stage.Value)]));
    }

    static string[] Row(TenantReport tenant) =>
    [
        tenant.Tenant, Plain(tenant.Share), Plain(tenant.Weight), Plain(tenant.Submitted), Plain(tenant.Errors),
        .. Cells(tenant.Latency), Tables.Number(tenant.ServedOfFair),
    ];

    static string[] All(LoadReport report) =>
        ["all", "", "", Plain(report.Submitted), Plain(report.Submitted - report.Completed), .. Cells(report.Latency), ""];

    static IEnumerable<string> Cells(Percentiles? values) =>
        ((double?[])[values?.P50, values?.P90, values?.P95, values?.P99, values?.Max]).Select(Tables.Number);

    static string Plain(double number) => number.ToString(CultureInfo.InvariantCulture);
}
