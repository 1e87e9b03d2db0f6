using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Logs;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;
using RdmCloud.Webhooks.Addresses;

namespace RdmCloud.Webhooks.Support;

/// <summary>The service on a bus and tables of its own, at a time that the test tells.</summary>
sealed class WebhooksHost : IAsyncDisposable
{
    public const string Acme = "acme", Rival = "rival";

    const string Token = "of the installation";

    readonly WebApplication app;
    readonly string folder;
    readonly bool keeps;

    WebhooksHost(WebApplication app, string folder, bool keeps) => (this.app, this.folder, this.keeps) = (app, folder, keeps);

    public FakeTimeProvider Time => (FakeTimeProvider)Get<TimeProvider>();

    public IWebhooks Webhooks => Get<IWebhooks>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="folder">Kept at the end where a test gives it.</param>
    public static async Task<WebhooksHost> StartAsync(
        string? folder = null, FakeNames? names = null, FakeTimeProvider? time = null, CapturedLogs? logs = null,
        params (string Key, string? Value)[] settings)
    {
        var keeps = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs).AddFilter<CapturedLogs>(_ => true);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Folder"] = folder,
            ["Webhooks:KeysFolder"] = Path.Combine(folder, "keys"),
            ["Webhooks:AllowHttp"] = "true",
            ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Remote:Token"] = Token,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddServiceDefaults();
        builder.Services.AddSingleton<TimeProvider>(time ?? new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        if (names is not null)
            builder.Services.AddSingleton<INameResolver>(names);
        builder.AddWebhooks();
        builder.AddBus(WebhooksService.AddConsumers);
        var app = builder.Build();
        app.MapWebhooks();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, folder, keeps);
    }

    /// <summary>The webhooks as another process asks for them.</summary>
    public IWebhooks Remote()
    {
        var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("x-rdm-internal", Token);
        return new HttpWebhooks(http);
    }

    public async Task<NewWebhookEndpoint> EndpointAsync(Receiver receiver, params string[] events) =>
        await Webhooks.CreateAsync(Acme, receiver.Url, events, null, TestContext.Current.CancellationToken);

    /// <summary>Tells of an event, as the gateway does.</summary>
    public async Task<TenantEvent> TellAsync(
        string type = EventTypes.JobCompleted, string tenant = Acme, WebhookTarget? target = null, string? id = null,
        int times = 1)
    {
        var happened = new TenantEvent(id ?? Ids.New("evt", Time), tenant, type, Time.GetUtcNow(), """{"id":"gen_1"}""", target,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        for (var time = 0; time < times; time++)
            await Get<IBus>().Publish(happened, TestContext.Current.CancellationToken);
        return happened;
    }

    /// <summary>The deliveries once all are as the test waits for, the newest first.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> UntilAsync(
        Func<WebhookDelivery, bool> isSo, int count = 1, string tenant = Acme)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var found = (await Webhooks.DeliveriesAsync(tenant, null, null, null, 100, patience.Token)).Items;
            if (found.Count >= count && found.All(isSo))
                return found;
            await Task.Delay(5, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (!keeps)
            Directory.Delete(folder, recursive: true);
    }
}
