using MassTransit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.Webhooks.Addresses;
using RdmCloud.Webhooks.Deliveries;
using RdmCloud.Webhooks.Endpoints;
using RdmCloud.Webhooks.Events;
using RdmCloud.Webhooks.Secrets;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks;

public static class WebhooksService
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<WebhooksContext>("webhooks");
        var services = builder.Services;
        services.AddOptions<WebhooksOptions>().BindConfiguration(WebhooksOptions.Section).ValidateDataAnnotations()
            .Validate(options => options.AllowedNetworks.All(network => System.Net.IPNetwork.TryParse(network, out _)),
                "Webhooks:AllowedNetworks: each is a network such as 10.1.0.0/16.")
            .ValidateOnStart();
        var keys = builder.Configuration.GetSection(WebhooksOptions.Section).Get<WebhooksOptions>() ?? new();
        services.AddDataProtection().SetApplicationName("RdmCloud").PersistKeysToFileSystem(new(keys.KeysFolder));
        services.TryAddSingleton<INameResolver, DnsResolver>();
        services.AddSingleton<AddressPolicy>().AddSingleton<GuardedConnector>().AddSingleton<WebhookUrls>();
        services.AddSingleton<SecretStore>().AddSingleton<EndpointStore>().AddSingleton<EventRecorder>();
        services.AddSingleton<DeliverySignal>().AddSingleton<DeliveryMeter>().AddSingleton<RecipientBreakers>()
            .AddSingleton<WebhookSender>().AddSingleton<DeliveryQueue>();
        services.AddSingleton<Delivering>().AddSingleton<DeliveryList>().AddHostedService<DeliveryWorker>();
        services.AddSingleton<IWebhooks, TenantWebhooks>();
        return builder;
    }

    public static void MapWebhooks(this IEndpointRouteBuilder routes) => routes.MapInternalWebhooks();

    public static void AddConsumers(IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<TenantEventConsumer, TenantEventDefinition>();
}
