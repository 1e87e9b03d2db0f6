using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RdmCloud.ServiceDefaults.Telemetry;

public static class TelemetryRegistration
{
    /// <summary>Traces and metrics of our own, of the bus, of HTTP and of the runtime.</summary>
    internal static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.Configure<AspNetCoreTraceInstrumentationOptions>(tracing => tracing.Filter = IsOfInterest);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(ServiceName(builder), serviceNamespace: "rdm-cloud").AddEnvironmentVariableDetector())
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddSource("MassTransit", JobTrace.SourceName))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation().AddHttpClientInstrumentation()
                .AddMeter("MassTransit", "System.Runtime", "RdmCloud.*")
                .AddPrometheusExporter());
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            telemetry.UseOtlpExporter();
    }

    internal static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<TelemetryOptions>>().Value.MetricsPort is { } port)
            routes.MapPrometheusScrapingEndpoint(
                "/metrics", meterProvider: null, app => app.Use(OnlyOn(port)), optionsName: null);
    }

    // Not by the Host header, which the client writes.
    static Func<HttpContext, RequestDelegate, Task> OnlyOn(int port) => (http, next) =>
    {
        if (http.Connection.LocalPort == port)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    };

    /// <summary>Not those who look whether the service lives.</summary>
    static bool IsOfInterest(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");

    static string ServiceName(IHostApplicationBuilder builder) =>
        builder.Environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
}
