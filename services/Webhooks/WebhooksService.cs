using MassTransit;

namespace RdmCloud.Webhooks;

public static class WebhooksService
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder) => builder;

    public static void MapWebhooks(this IEndpointRouteBuilder routes) => _ = routes;

    public static void AddConsumers(IBusRegistrationConfigurator bus) => _ = bus;
}
