using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RdmCloud.Servers;

namespace RdmCloud.Sidecars;

/// <summary>
/// A sidecar for any number of apps, which answers as Dapr does by its documentation and its source: service invocation, health
/// and secrets, with their failures. It keeps its ports when it dies and comes back.
/// </summary>
public sealed class DaprServer : IAsyncDisposable
{
    public const string Store = "vault";

    readonly int port = LoopbackPort.Free(2);
    WebApplication? running;

    /// <summary>Where an app id leads.</summary>
    public ConcurrentDictionary<string, Uri> Apps { get; } = [];

    /// <summary>What <see cref="Store"/> holds: entries by the secret's name.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string>> Secrets { get; } = [];

    /// <summary>The secrets that its policy denies.</summary>
    public ConcurrentBag<string> Denied { get; } = [];

    /// <summary>What has been invoked: method, app and path.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The secrets that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Answers in place of whatever is invoked.</summary>
    public RequestDelegate? Instead { get; set; }

    public bool IsReady { get; set; } = true;

    /// <summary>What its callers must bear.</summary>
    public string? ApiToken { get; init; }

    /// <summary>What its own calls bear.</summary>
    public string? AppToken { get; init; }

    /// <summary>What Dapr sets in the environment of its apps.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["DAPR_HTTP_PORT"] = port.ToString(CultureInfo.InvariantCulture),
        ["DAPR_GRPC_PORT"] = (port + 1).ToString(CultureInfo.InvariantCulture),
        ["DAPR_API_TOKEN"] = ApiToken ?? "",
        ["APP_API_TOKEN"] = AppToken ?? "",
    };

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            kestrel.ListenLocalhost(port + 1, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this).AddSingleton<Invocations>();
        running = builder.Build();
        running.MapGrpcService<SecretsService>();
        running.MapGet("/v1.0/healthz/outbound", () => IsReady
            ? Results.NoContent()
            : DaprErrors.Of(500, "ERR_OUTBOUND_HEALTH_NOT_READY", "dapr outbound is not ready"));
        running.MapFallback("/{**path}", (HttpContext http, Invocations invocations) => invocations.InvokeAsync(http));
        await running.StartAsync();
    }

    /// <summary>At once: what it is in the middle of is cut off.</summary>
    public async Task KillAsync()
    {
        if (Interlocked.Exchange(ref running, null) is not { } dying)
            return;
        await dying.StopAsync(new CancellationToken(canceled: true));
        await dying.DisposeAsync();
    }

    public ValueTask DisposeAsync() => new(KillAsync());
}
