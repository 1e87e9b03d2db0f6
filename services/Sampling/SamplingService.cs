using MassTransit;

namespace RdmCloud.Sampling;

public static class SamplingService
{
    public static IHostApplicationBuilder AddSampling(this IHostApplicationBuilder builder) => builder;

    public static void MapSampling(this IEndpointRouteBuilder routes) => _ = routes;

    public static void AddConsumers(IBusRegistrationConfigurator bus) => _ = bus;
}
