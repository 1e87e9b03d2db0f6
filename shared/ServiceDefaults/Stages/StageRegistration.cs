using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.ServiceDefaults.Stages;

public static class StageRegistration
{
    /// <summary>What every service with a stage needs; adding it twice adds it once.</summary>
    public static IServiceCollection AddStages(this IServiceCollection services)
    {
        services.TryAddSingleton<JobCancellations>();
        services.AddOptions<StageOptions>().BindConfiguration(StageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services;
    }

    /// <summary>
    /// Declares the queues of all stages on the broker, if there is one: what is sent to a stage waits there, although none of
    /// its workers has ever started, and its depth can be asked for. They are declared as the host starts; call it before AddBus.
    /// </summary>
    public static IHostApplicationBuilder AddStageQueues(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[$"{BusOptions.Section}:{nameof(BusOptions.RabbitMq)}"] is { Length: > 0 })
            builder.Services.AddHostedService<StageQueueDeclaration>();
        return builder;
    }

    /// <summary>Lets the process hear of canceled jobs, on a queue of its own that goes with it.</summary>
    public static void AddCancellations(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<GenerationCancelledConsumer>().Endpoint(endpoint => endpoint.ToEveryProcess("generation-cancelled"));

    /// <summary>The job that the message is about, as this process holds it.</summary>
    public static CancellationToken JobToken(this ConsumeContext context) => context.GetPayload<HeldJob>().Token;
}
