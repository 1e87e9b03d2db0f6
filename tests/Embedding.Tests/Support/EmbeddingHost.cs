using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RdmCloud.Bus;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Stages;
using RdmCloud.Embedding.Clips;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Embedding.Support;

/// <summary>The service on a bus and an object store of its own, with everything that it says.</summary>
sealed class EmbeddingHost : IAsyncDisposable
{
    public const string Model = "preview-rdm", Token = "of the installation";

    readonly WebApplication app;

    EmbeddingHost(WebApplication app) => this.app = app;

    public static string ModelFolder => Path.Combine(Fixtures.Root, "models", Model);

    public TestFolder Objects { get; private init; } = null!;

    public Uri Address => new(app.Urls.Single());

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<EmbeddingHost> StartAsync(IClip? clip = null, string? modelFolder = null)
    {
        var objects = new TestFolder();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:Folders:0"] = modelFolder ?? ModelFolder,
            ["ObjectStore:Folder"] = objects.Root,
            ["Remote:Token"] = Token,
        });
        builder.AddServiceDefaults();
        builder.AddEmbedding();
        if (clip is not null)
            builder.Services.AddSingleton(new KnownClips([clip]));
        builder.Services.AddSingleton<Heard>();
        builder.AddBus(EmbeddingService.AddConsumers, bus =>
        {
            bus.AddConsumer<Heard.Listener<RetrieveNeighbors>>()
                .Endpoint(endpoint => endpoint.Name = StageQueues.RetrieveNeighbors);
            bus.AddConsumer<Heard.Listener<ImagesEmbedded>>().Endpoint(endpoint => endpoint.Name = ImportQueues.AddImages);
            bus.AddConsumer<Heard.Listener<PromptEmbedded>>();
            bus.AddConsumer<Heard.Listener<StageFailed>>();
            bus.AddConsumer<Heard.Listener<EmbeddingFailed>>();
        });
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapEmbedding();
        var host = new EmbeddingHost(app) { Objects = objects };
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            await app.DisposeAsync();
            objects.Dispose();
            throw;
        }
    }

    public async Task SendAsync<T>(string queue, T command) where T : class
    {
        using var scope = app.Services.CreateScope();
        await app.Services.GetRequiredService<IBus>().SendToAsync(queue, command, TestContext.Current.CancellationToken);
    }

    /// <summary>The next message of a kind.</summary>
    public Task<T> HearAsync<T>() => Get<Heard>().NextAsync<T>();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Objects.Dispose();
    }
}
