using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Logs;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Services that are composed as their programs are, each on a port of its own.</summary>
sealed class Services : IAsyncDisposable
{
    public static readonly Database Cats =
        new("cats", "acme", "cats", null, Visibility.Private, "clip-a", 4, null, null, 3, 10, DateTimeOffset.UnixEpoch);

    readonly List<WebApplication> running = [];

    public CapturedLogs Logs { get; } = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One that has the database cats, and where it answers.</summary>
    public async Task<Uri> StartRetrievalAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var app = await BuildAsync(settings ?? new Dictionary<string, string>());
        var databases = app.MapInternal("retrieval/{tenant}").MapGroup("databases");
        databases.MapGet("{id}", (string id) => id == Cats.Id ? Results.Ok(Cats) : Results.NotFound());
        databases.MapPost("", IResult (NewDatabase _) => throw new RefusedException("There is a database of that name.", "name"));
        await StartAsync(app);
        return new(app.Urls.Single());
    }

    /// <summary>One that asks the other for its databases.</summary>
    public async Task<IDatabases> StartGatewayAsync(IReadOnlyDictionary<string, string> settings)
    {
        var app = await BuildAsync(settings, builder =>
            builder.AddRemote<IDatabases, HttpDatabases>(remote => remote.Retrieval, apps => apps.Retrieval));
        await StartAsync(app);
        return app.Services.GetRequiredService<IDatabases>();
    }

    /// <summary>A client of one that asks nobody.</summary>
    public async Task<HttpClient> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var app = await BuildAsync(settings);
        await StartAsync(app);
        return new() { BaseAddress = new(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in running)
            await app.DisposeAsync();
    }

    async Task<WebApplication> BuildAsync(
        IReadOnlyDictionary<string, string> settings, Action<IHostApplicationBuilder>? add = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Trace);
        builder.Configuration.AddInMemoryCollection([new("Remote:Token", "of the installation")]);
        builder.Configuration.AddInMemoryCollection(settings!);
        await builder.AddDaprAsync(Cancel);
        builder.AddServiceDefaults();
        add?.Invoke(builder);
        return builder.Build();
    }

    async Task StartAsync(WebApplication app)
    {
        running.Add(app);
        app.MapDefaultEndpoints();
        await app.StartAsync(Cancel);
    }
}
