using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Helm.Support;

/// <summary>The routes of a gateway with an S3, as its program maps them; none is called.</summary>
static class GatewayRoutes
{
    public static IReadOnlyList<string> All { get; } = Map();

    static List<string> Map()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ObjectStore:S3:Endpoint"] = "http://s3:9000",
            ["ObjectStore:S3:AccessKey"] = "key",
            ["ObjectStore:S3:SecretKey"] = "secret",
        });
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddGateway();
        builder.Services.AddHttpClient<IEmbedder, HttpEmbedder>();
        builder.Services.AddHttpClient<IDatabases, HttpDatabases>();
        builder.Services.AddHttpClient<IWebhooks, HttpWebhooks>();
        builder.AddBus(GatewayService.AddConsumers);
        using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGateway();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))];
    }
}
