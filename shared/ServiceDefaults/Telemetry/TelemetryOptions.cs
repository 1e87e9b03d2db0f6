using System.ComponentModel.DataAnnotations;

namespace RdmCloud.ServiceDefaults.Telemetry;

/// <summary>
/// Section <c>Telemetry</c>. Where traces and metrics are sent to is said by OpenTelemetry's own variables, OTEL_….
/// </summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// /metrics answers Prometheus on this port, one of those that the process listens on, and on no other: what a tenant reaches
    /// must not show what others do. [default: nowhere]
    /// </summary>
    [Range(1, ushort.MaxValue)]
    public int? MetricsPort { get; set; }

    /// <summary>The gateway logs the prompt of every job that it accepts. [default: no prompt is ever logged]</summary>
    public bool LogPrompts { get; set; }
}
