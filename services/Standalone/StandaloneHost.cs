using RdmCloud.Embedding;
using RdmCloud.Gateway;
using RdmCloud.Retrieval;
using RdmCloud.Sampling;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.Storage;
using RdmCloud.Webhooks;

namespace RdmCloud.Standalone;

/// <summary>All services in one process, on parts that need no installation: what the settings do not say otherwise.</summary>
public static class StandaloneHost
{
    /// <param name="defaults">Settings that environment variables and the command line override.</param>
    public static WebApplication Build(string[] args, IReadOnlyDictionary<string, string?> defaults)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = defaults });
        builder.AddServiceDefaults();
        builder.AddGateway();
        builder.AddEmbedding();
        builder.AddRetrieval();
        builder.AddSampling();
        builder.AddStorage();
        builder.AddWebhooks();
        builder.AddBus(GatewayService.AddConsumers, EmbeddingService.AddConsumers, RetrievalService.AddConsumers,
            SamplingService.AddConsumers, StorageService.AddConsumers, WebhooksService.AddConsumers);
        builder.AddGatewayWork();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.MapDefaultEndpoints();
        app.MapGateway();
        app.Lifetime.ApplicationStarted.Register(() => PublicAddress.Learn(app));
        return app;
    }
}
