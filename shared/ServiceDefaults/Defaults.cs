using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.ServiceDefaults;

/// <summary>What every service starts and ends with.</summary>
public static class Defaults
{
    /// <summary>How JSON looks on every wire of ours but the bus: snake case, without nulls.</summary>
    public static void Json(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }

    /// <summary>Time, JSON, health checks and telemetry. Adding them twice adds them once.</summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.ConfigureHttpJsonOptions(options => Json(options.SerializerOptions));
        // Whoever asked the database tells what came of it.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        // Requests are in traces and metrics, and probes come all the time.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddHealthChecks();
        builder.Services.AddProblemDetails();
        builder.Services.AddOptions<RemoteOptions>().BindConfiguration(RemoteOptions.Section);
        builder.AddTelemetry();
        return builder;
    }

    /// <summary>Live: the process answers. Ready: so does what it needs. And metrics, where they are asked for.</summary>
    public static void MapDefaultEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
        routes.MapMetrics();
    }
}
