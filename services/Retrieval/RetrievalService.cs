using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Images;
using RdmCloud.Retrieval.Imports;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.Retrieval.Milvus;
using RdmCloud.Retrieval.Neighbors;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.ServiceDefaults.Stages;
using RdmCloud.VectorStore.Milvus;

namespace RdmCloud.Retrieval;

public static class RetrievalService
{
    public static IHostApplicationBuilder AddRetrieval(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<CatalogContext>("retrieval");
        builder.AddObjectStore();
        var services = builder.Services;
        services.AddStages();
        services.AddOptions<RetrievalOptions>().BindConfiguration(RetrievalOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.AddIndexes();
        services.AddSingleton<BuiltInDatabases>().AddSingleton<IndexShelf>();
        services.AddSingleton<DatabaseCatalog>().AddSingleton<ImageCatalog>();
        services.AddSingleton<ImportLedger>().AddSingleton<ImportEnding>();
        services.AddSingleton<SourceFiles>().AddSingleton<PartsImport>();
        services.AddSingleton<SearchMeter>().AddSingleton<NeighborFinder>().AddSingleton<IDatabases, TenantDatabases>();
        return builder;
    }

    /// <summary>In Milvus where its address is set, else in folders.</summary>
    static void AddIndexes(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MilvusOptions>().BindConfiguration(MilvusOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        if (builder.Configuration[$"{MilvusOptions.Section}:{nameof(MilvusOptions.Address)}"] is null or "")
        {
            services.AddSingleton<IIndexes, FolderIndexes>();
            return;
        }
        services.AddSingleton(provider => new MilvusCollections(provider.GetRequiredService<IOptions<MilvusOptions>>().Value));
        services.AddSingleton<IIndexes, MilvusIndexes>();
        services.AddHealthChecks().AddCheck<MilvusCheck>("milvus", tags: ["ready"]);
    }

    public static void MapRetrieval(this IEndpointRouteBuilder routes) => routes.MapInternalDatabases();

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RetrieveNeighborsConsumer, RetrieveNeighborsDefinition>();
        bus.AddConsumer<ImportImagesConsumer, ImportImagesDefinition>();
        bus.AddConsumer<AddImagesConsumer, AddImagesDefinition>();
        bus.AddConsumer<EmbeddingFailedConsumer>().Endpoint(endpoint => endpoint.Name = "embedding-failed");
    }
}
