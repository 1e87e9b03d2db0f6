using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RdmCloud.Diffusion.Models;
using RdmCloud.ObjectStore;
using RdmCloud.Sampling.Lanes;
using RdmCloud.Sampling.Painting;
using RdmCloud.Sampling.Transit;
using RdmCloud.Sampling.Workers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling;

public static class SamplingService
{
    /// <summary>Takes the <see cref="IPainter"/> that is there, else draws with the engine.</summary>
    public static IHostApplicationBuilder AddSampling(this IHostApplicationBuilder builder)
    {
        builder.AddObjectStore();
        var services = builder.Services;
        services.AddStages();
        services.AddOptions<ModelsOptions>().BindConfiguration(ModelsOptions.Section);
        services.AddOptions<SamplingOptions>().BindConfiguration(SamplingOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IPainter, EnginePainter>();
        services.AddSingleton<TransitPictures>();
        services.AddSingleton<Turns>();
        services.AddSingleton<ImageSampler>();
        services.AddHostedService<Heartbeat>();
        services.AddHealthChecks().AddCheck<WarmCheck>("sampling", tags: ["ready"]);
        return builder;
    }

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<InteractiveLaneConsumer, InteractiveLaneDefinition>();
        bus.AddConsumer<BulkLaneConsumer, BulkLaneDefinition>();
    }
}
