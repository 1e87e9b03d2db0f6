using MassTransit;

namespace RdmCloud.Storage;

public static class StorageService
{
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder) => builder;

    public static void MapStorage(this IEndpointRouteBuilder routes) => _ = routes;

    public static void AddConsumers(IBusRegistrationConfigurator bus) => _ = bus;
}
