using MassTransit;

namespace RdmCloud.Retrieval;

public static class RetrievalService
{
    public static IHostApplicationBuilder AddRetrieval(this IHostApplicationBuilder builder) => builder;

    public static void MapRetrieval(this IEndpointRouteBuilder routes) => _ = routes;

    public static void AddConsumers(IBusRegistrationConfigurator bus) => _ = bus;
}
