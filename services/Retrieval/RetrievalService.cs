using MassTransit;
using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Images;
using RdmCloud.Retrieval.Imports;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.Retrieval.Neighbors;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Retrieval;

public static class RetrievalService
{
    public static IHostApplicationBuilder AddRetrieval(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<CatalogContext>("retrieval");
        builder.AddObjectStore();
        var services = builder.Services;
        services.AddStages();
        services.AddOptions<RetrievalOptions>().BindConfiguration(RetrievalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<BuiltInDatabases>().AddSingleton<IndexShelf>().AddSingleton<DatabaseCatalog>().AddSingleton<ImageCatalog>();
        services.AddSingleton<ImportLedger>().AddSingleton<ImportEnding>().AddSingleton<SourceFiles>().AddSingleton<PartsImport>();
        services.AddSingleton<NeighborFinder>().AddSingleton<IDatabases, TenantDatabases>();
        return builder;
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
