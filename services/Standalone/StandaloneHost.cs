using RdmCloud.Embedding;
using RdmCloud.Gateway;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Retrieval;
using RdmCloud.Sampling;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;
using RdmCloud.Storage;
using RdmCloud.Webhooks;

namespace RdmCloud.Standalone;

/// <summary>All services in one process, on parts that need no installation: what the settings do not say otherwise.</summary>
public static class StandaloneHost
{
    /// <param name="defaults">Settings that environment variables and the command line override.</param>
    /// <param name="configure">Called before the services are added, which leave what is there.</param>
    public static WebApplication Build(
        string[] args, IReadOnlyDictionary<string, string?> defaults, Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(
            0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
        configure?.Invoke(builder);
        builder.AddServiceDefaults();
        builder.AddGateway();
        builder.AddEmbedding();
        builder.AddRetrieval();
        builder.AddSampling();
        builder.AddStorage();
        builder.AddWebhooks();
        builder.AddBus(
            GatewayService.AddConsumers, EmbeddingService.AddConsumers, RetrievalService.AddConsumers,
            SamplingService.AddConsumers, StorageService.AddConsumers, WebhooksService.AddConsumers,
            StageRegistration.AddCancellations);
        builder.AddGatewayWork();

        var app = builder.Build();
        app.UseGateway();
        app.MapDefaultEndpoints();
        app.MapGateway();
        app.Lifetime.ApplicationStarted.Register(() => PublicAddress.Learn(app));
        return app;
    }

    /// <summary>When a job that comes in now is drawn at once.</summary>
    public static async Task ReadyAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var workers = app.Services.GetRequiredService<Workers>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), app.Services.GetRequiredService<TimeProvider>());
        while (workers.Window().Count == 0 && await timer.WaitForNextTickAsync(cancellationToken))
            ;
    }
}
