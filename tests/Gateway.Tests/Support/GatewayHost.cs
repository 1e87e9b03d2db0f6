using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Stages;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Dispatch;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Logs;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Gateway.Support;

/// <summary>A gateway on a port of its own, with SQLite and the in-memory bus; the chain behind it is a script.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    public static readonly ModelDescription Model = new(
        "tiny", "hash", "clip-a", Dimension: 4, SizeMultiple: 16, MaxSide: 256, MaxSteps: 1000,
        new(SamplerKind.Ddim, 20, 2, 4, 64, 64, "fluent-3d"));

    public const string AdminKey = "the operator's own long key";

    readonly WebApplication app;
    readonly string folder;
    readonly Dictionary<string, string> keys = [];

    GatewayHost(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    public ChainScript Chain => app.Services.GetRequiredService<ChainScript>();

    public JobLedger Ledger => app.Services.GetRequiredService<JobLedger>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<GatewayHost> StartAsync(int slots = 4, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        var folder = Directory.CreateTempSubdirectory("gateway").FullName;
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Folder"] = folder,
            ["ObjectStore:Folder"] = Path.Combine(folder, "objects"),
            ["ObjectStore:PublicUrl"] = "http://localhost",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Access:AdminKey"] = AdminKey,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        if (!settings.Contains(("Urls", null)))
            builder.WebHost.UseUrls(builder.Configuration["Urls"] ?? "http://127.0.0.1:0");
        builder.Services.AddSingleton<CapturedLogs>()
            .AddSingleton<ILoggerProvider>(services => services.GetRequiredService<CapturedLogs>());
        builder.AddServiceDefaults();
        builder.AddGateway();
        builder.Services.AddSingleton<ChainScript>().AddSingleton<IDatabases, FakeDatabases>()
            .AddSingleton<IWebhooks, FakeWebhooks>().AddSingleton<IEmbedder, FakeEmbedder>();
        builder.AddBus(GatewayService.AddConsumers, bus =>
        {
            bus.AddConsumer<ChainConsumer>().Endpoint(endpoint => endpoint.Name = StageQueues.EmbedPrompt);
            bus.AddConsumer<ToldEvents>();
        });
        builder.AddGatewayWork();
        var app = builder.Build();
        app.UseGateway();
        app.MapGateway();
        var host = new GatewayHost(app, folder);
        await app.StartAsync();
        await host.AddTenantsAsync();
        await app.Services.GetRequiredService<IBus>().Publish(new WorkerAlive("worker", Model, slots));
        await Until(async () => await host.Get<Models.ModelCatalog>().FindAsync("tiny", default) is not null
            && host.Get<Workers>().Window().Count > 0);
        return host;
    }

    public HttpClient ClientOf(string tenant) => ClientWith(keys[tenant]);

    public HttpClient ClientWith(string? key)
    {
        var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>Submits a job and returns its id.</summary>
    public async Task<string> SubmitAsync(string tenant, object? request = null)
    {
        using var client = ClientOf(tenant);
        using var response = await client.PostAsJsonAsync("/v1/generations", request ?? new { prompt = "a heart" });
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
    }

    /// <summary>The job when it is over, or in another state that the test waits for.</summary>
    public async Task<Job> WaitAsync(string tenant, string id, Func<Job, bool>? until = null)
    {
        Job? job = null;
        await Until(async () =>
            (job = await Ledger.FindAsync(tenant, id, default)) is not null && (until ?? (found => found.IsOver))(job));
        return job!;
    }

    public Task ChangeTenantAsync(string id, Action<Tenant> change) => Get<TenantStore>().ChangeAsync(id, change, default);

    public static async Task Until(Func<Task<bool>> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    async Task AddTenantsAsync()
    {
        foreach (var tenant in new[] { "tenant-a", "tenant-b" })
        {
            await Get<TenantStore>().EnsureAsync(tenant, default);
            (keys[tenant], _) = await Get<KeyStore>().CreateAsync(tenant, "test", Scopes.OfTenants, null, default);
        }
    }
}
