using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RdmCloud.EndToEnd.Telemetry.Wire;

namespace RdmCloud.EndToEnd.Telemetry;

/// <summary>Where the services of a deployment send their spans to, in OpenTelemetry's own protocol over HTTP.</summary>
public sealed class Collector : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<CollectedSpan> spans = [];

    public Collector()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/traces", TakeAsync);
        app.MapPost("/{**rest}", () => Results.Ok()); // metrics and logs, which nobody asks for
    }

    /// <summary>What a service has to be told.</summary>
    public async Task<Dictionary<string, string>> SettingsAsync()
    {
        await app.StartAsync();
        return new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        };
    }

    /// <summary>The spans of a trace, once there is all that is waited for.</summary>
    public async Task<IReadOnlyList<CollectedSpan>> TraceAsync(string trace, Func<IReadOnlyList<CollectedSpan>, bool> isComplete)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            CollectedSpan[] found = [.. spans.Where(span => span.Trace == trace)];
            if (isComplete(found))
                return found;
            if (limit.IsCancellationRequested)
                Assert.Fail($"The trace is not complete:\n{string.Join('\n', found.AsEnumerable())}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        foreach (var resource in ExportTraceServiceRequest.Parser.ParseFrom(body.ToArray()).ResourceSpans)
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                spans.Enqueue(CollectedSpan.Of(resource.Resource, span));
    }
}
