using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Hosts on one bus, each of which could be a process of its own where the bus goes over a broker.</summary>
sealed class Processes(Uri? broker) : IAsyncDisposable
{
    readonly List<IHost> hosts = [];

    public int DeliveryLimit { get; init; } = 4;

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A host that ends itself is started again, as an orchestrator would.</summary>
    public bool StartAgain { get; init; }

    /// <summary>The one that was started last.</summary>
    public IHost Last => hosts[^1];

    public Uri Broker => broker!;

    /// <summary>A host that has started: its queues are there.</summary>
    /// <param name="services">Singletons of its consumers.</param>
    public async Task<IHost> StartAsync(object[] services, params Action<IBusRegistrationConfigurator>[] consumers)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["Bus:RabbitMq"] = broker?.ToString();
        builder.Configuration["Bus:DeliveryLimit"] = $"{DeliveryLimit}";
        builder.Configuration["Bus:StopTimeout"] = $"{StopTimeout}";
        builder.Configuration["Bus:SilenceTimeout"] = $"{SilenceTimeout}";
        foreach (var service in services)
            builder.Services.AddSingleton(service is TimeProvider ? typeof(TimeProvider) : service.GetType(), service);
        builder.AddServiceDefaults();
        builder.Services.AddStages();
        builder.AddBus(consumers);
        var host = builder.Build();
        hosts.Add(host);
        await host.StartAsync(TestContext.Current.CancellationToken);
        if (StartAgain)
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
                .Register(() => _ = ReplaceAsync(host, services, consumers));
        return host;
    }

    public async Task StopAsync(IHost host)
    {
        hosts.Remove(host);
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }

    // A process would be gone by now; this one may wait for its dead bus as long as it likes.
    Task ReplaceAsync(IHost host, object[] services, Action<IBusRegistrationConfigurator>[] consumers) =>
        hosts.Remove(host) ? StartAsync(services, consumers) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.ToArray())
            await StopAsync(host);
    }
}
