using MassTransit;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Admin;
using RdmCloud.Gateway.Databases;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Events;
using RdmCloud.Gateway.Files;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;
using RdmCloud.Gateway.Outcomes;
using RdmCloud.Gateway.Retrievals;
using RdmCloud.Gateway.Telemetry;
using RdmCloud.Gateway.Uploads;
using RdmCloud.Gateway.Usage;
using RdmCloud.Gateway.Webhooks;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Gateway;

public static class GatewayService
{
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<LedgerContext>("gateway");
        builder.AddObjectStore();
        builder.AddStageQueues();
        var services = builder.Services;
        services.AddOptions<LedgerOptions>().BindConfiguration(LedgerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DispatchOptions>().BindConfiguration(DispatchOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<QuotaOptions>().BindConfiguration(QuotaOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyStore>().AddSingleton<TenantStore>().AddSingleton<FixedWindow>();
        services.AddSingleton<Authentication>().AddSingleton<RateLimiting>().AddSingleton<Authorization>()
            .AddHostedService<StartCheck>();
        services.AddSingleton<LedgerSignals>().AddSingleton<JobMeter>().AddSingleton<JobLedger>();
        services.AddSingleton<Workers>().AddSingleton<Leases>().AddSingleton<Dispatcher>().AddSingleton<JobEnding>()
            .AddSingleton<Sweeper>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<ModelCatalog>().AddSingleton<Quotas>().AddSingleton<JobQuotas>().AddSingleton<UploadStore>();
        services.AddSingleton<QueryImages>().AddSingleton<GenerationPlanner>().AddSingleton<Idempotency>()
            .AddSingleton<Submission>();
        services.AddSingleton<Replay>().AddSingleton<JobWaiting>().AddSingleton<JobPresenter>().AddSingleton<JobList>()
            .AddSingleton<JobDeletion>();
        services.AddSingleton<DatabaseChooser>().AddSingleton<DatabaseQuotas>().AddSingleton<DatabaseEvents>()
            .AddSingleton<ImportUploads>();
        services.AddSingleton<NeighborLookup>();
        services.AddSingleton<JobEventStream>().AddSingleton<EventPresenter>().AddSingleton<OutboxPublisher>();
        services.AddSingleton<UsageReport>().AddSingleton<DeadJobs>();
        services.AddExceptionHandler<ProblemResponses>();
        OpenApi.Add(services);
        services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.UnmappedMemberHandling =
                System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return builder;
    }

    /// <summary>What works in the background; it starts after the bus, so call it after AddBus.</summary>
    public static IHostApplicationBuilder AddGatewayWork(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<DispatchService>().AddHostedService<SweepService>().AddHostedService<OutboxService>()
            .AddHostedService<BacklogMeter>();
        return builder;
    }

    /// <summary>Who asks, and how often. Before the endpoints.</summary>
    public static void UseGateway(this IApplicationBuilder app)
    {
        app.UseExceptionHandler();
        app.UseMiddleware<Authentication>();
        app.UseMiddleware<RateLimiting>();
        app.UseMiddleware<Authorization>();
    }

    public static void MapGateway(this IEndpointRouteBuilder routes)
    {
        routes.MapGenerations();
        routes.MapEvents();
        routes.MapRetrievals();
        routes.MapModels();
        routes.MapUploads();
        routes.MapFiles();
        routes.MapDatabases();
        routes.MapImports();
        routes.MapImages();
        routes.MapWebhookEndpoints();
        routes.MapKeys();
        routes.MapUsage();
        routes.MapTenants();
        routes.MapDeadLetters();
        routes.MapBacklog();
        OpenApi.Map(routes);
    }

    public static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<OutcomeConsumer, OutcomeDefinition>();
        bus.AddConsumer<ImportEndedConsumer>();
        bus.AddConsumer<WorkerAliveConsumer>().Endpoint(endpoint => endpoint.ToEveryProcess("worker-alive"));
    }
}
