using MassTransit;

namespace RdmCloud.Embedding;

public static class EmbeddingService
{
    public static IHostApplicationBuilder AddEmbedding(this IHostApplicationBuilder builder) => builder;

    public static void MapEmbedding(this IEndpointRouteBuilder routes) => _ = routes;

    public static void AddConsumers(IBusRegistrationConfigurator bus) => _ = bus;
}
