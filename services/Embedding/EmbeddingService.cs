using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Models;
using RdmCloud.Diffusion.Models;
using RdmCloud.Embedding.Clips;
using RdmCloud.Embedding.Imports;
using RdmCloud.Embedding.Queries;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Embedding;

public static class EmbeddingService
{
    /// <exception cref="ModelException">When the host starts: a folder of <see cref="ModelsOptions"/> holds no model.</exception>
    public static IHostApplicationBuilder AddEmbedding(this IHostApplicationBuilder builder)
    {
        builder.AddObjectStore();
        var services = builder.Services;
        services.AddStages();
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section);
        services.AddOptions<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new KnownClips(
        [
            .. provider.GetRequiredService<IOptions<ModelsOptions>>().Value.Open().Values.Select(model => new RdmClip(model)),
        ]));
        services.AddSingleton<ClipMeter>().AddSingleton<ClipThread>()
            .AddHostedService(provider => provider.GetRequiredService<ClipThread>());
        services.AddSingleton<EmbeddingCache>();
        services.AddSingleton<Embedder>().AddSingleton<IEmbedder>(provider => provider.GetRequiredService<Embedder>());
        services.AddSingleton<Archives>();
        services.AddSingleton<ImportEmbedder>();
        services.AddHealthChecks().AddCheck<ClipCheck>("embedding", tags: ["ready"]);
        return builder;
    }

    public static void MapEmbedding(this IEndpointRouteBuilder routes) => routes.MapInternal("embedding").MapPost("embed",
        (EmbedRequest request, Embedder embedder, CancellationToken cancellationToken) =>
            embedder.EmbedAsync(request.Model, request.Query, cancellationToken));

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<EmbedPromptConsumer, EmbedPromptDefinition>();
        bus.AddConsumer<EmbedImagesConsumer, EmbedImagesDefinition>();
    }
}
