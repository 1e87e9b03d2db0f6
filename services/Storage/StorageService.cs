using MassTransit;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Stages;
using RdmCloud.Storage.Results;
using RdmCloud.Storage.Retention;

namespace RdmCloud.Storage;

public static class StorageService
{
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder)
    {
        builder.AddObjectStore();
        var services = builder.Services;
        services.AddStages();
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ResultMeter>().AddSingleton<ResultStore>().AddSingleton<ResultDeletion>()
            .AddSingleton<RetentionIndex>().AddSingleton<RetentionSweep>();
        services.AddHostedService<RetentionSweeper>();
        services.AddHealthChecks().AddCheck<ObjectStoreCheck>("objects", tags: ["ready"]);
        return builder;
    }

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<StoreImagesConsumer, StoreImagesDefinition>();
        bus.AddConsumer<DeleteResultsConsumer>().Endpoint(endpoint => endpoint.Name = "delete-results");
    }
}
