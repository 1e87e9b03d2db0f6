using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RdmCloud.ServiceDefaults.Bus;

public static class BusRegistration
{
    /// <summary>
    /// The message bus with a host's consumers: in this process, or over RabbitMQ where <see cref="BusOptions.RabbitMq"/> is set.
    /// </summary>
    public static IHostApplicationBuilder AddBus(
        this IHostApplicationBuilder builder, params Action<IBusRegistrationConfigurator>[] consumers)
    {
        builder.Services.AddOptions<BusOptions>().BindConfiguration(BusOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new();
        builder.Services.AddOptions<MassTransitHostOptions>().Configure(host =>
        {
            // What is sent before the queues are bound is lost without a word.
            host.WaitUntilStarted = true;
            host.ConsumerStopTimeout = options.StopTimeout;
            host.StopTimeout = options.StopTimeout + TimeSpan.FromSeconds(10);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout + TimeSpan.FromSeconds(30));
        if (options.RabbitMq is null)
            builder.Services.AddSingleton<IDeadLetters, NoDeadLetters>();
        else
            builder.Services.AddSingleton<IDeadLetters, RabbitDeadLetters>().AddSingleton<Pulse>().AddHostedService<BusWatch>();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            foreach (var add in consumers)
                add(bus);
            bus.AddConfigureEndpointsCallback((_, queue, endpoint) => Rabbit.ConfigureEndpoint(endpoint, queue, options));
            if (options.RabbitMq is { } address)
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    Rabbit.ConfigureBus(rabbit, address);
                    var pulse = context.GetRequiredService<Pulse>();
                    rabbit.ReceiveEndpoint(pulse.Queue, pulse.Receive);
                    rabbit.ConfigureEndpoints(context);
                });
            else
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
        });
        return builder;
    }
}
