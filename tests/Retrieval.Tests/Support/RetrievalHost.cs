using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RdmCloud.Bus;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Stages;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Retrieval.Support;

/// <summary>
/// The service on a bus, tables and an object store of its own, with everything that it says;
/// pictures are embedded by a script.
/// </summary>
sealed class RetrievalHost : IAsyncDisposable
{
    const string Token = "of the installation";

    readonly WebApplication app;
    readonly string folder;
    readonly bool keeps;

    RetrievalHost(WebApplication app, string folder, bool keeps) => (this.app, this.folder, this.keeps) = (app, folder, keeps);

    public IDatabases Databases => Get<IDatabases>();

    public IObjectStore Objects => Get<IObjectStore>();

    public ScriptedEmbedding Embedding => Get<ScriptedEmbedding>();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <param name="folder">Kept at the end where a test gives it.</param>
    public static async Task<RetrievalHost> StartAsync(string? folder = null, params (string Key, string? Value)[] settings)
    {
        var keeps = folder is not null;
        folder ??= Directory.CreateTempSubdirectory("rdm-retrieval-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Folder"] = Path.Combine(folder, "tables"),
            ["ObjectStore:Folder"] = Path.Combine(folder, "objects"),
            ["Retrieval:Folder"] = Path.Combine(folder, "databases"),
            ["Retrieval:PublicFolders:0"] = Path.Combine(folder, "public"),
            ["Remote:Token"] = Token,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.AddServiceDefaults();
        builder.AddRetrieval();
        builder.Services.AddSingleton<Heard>().AddSingleton<ScriptedEmbedding>();
        builder.AddBus(RetrievalService.AddConsumers, bus =>
        {
            bus.AddConsumer<ScriptedEmbedding.Consumer>().Endpoint(endpoint => endpoint.Name = ImportQueues.EmbedImages);
            bus.AddConsumer<Heard.Listener<SampleImages>>().Endpoint(endpoint => endpoint.Name = StageQueues.SampleInteractive);
            bus.AddConsumer<Heard.Listener<StageFailed>>();
            bus.AddConsumer<Heard.Listener<NeighborsRetrieved>>();
            bus.AddConsumer<Heard.Listener<ImportEnded>>();
        });
        var app = builder.Build();
        app.MapRetrieval();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, folder, keeps);
    }

    /// <summary>The databases as another process asks for them.</summary>
    public IDatabases Remote()
    {
        var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        http.DefaultRequestHeaders.Add("x-rdm-internal", Token);
        return new HttpDatabases(http);
    }

    public Task SendAsync<T>(string queue, T command) where T : class =>
        Get<IBus>().SendToAsync(queue, command, TestContext.Current.CancellationToken);

    public Task PutAsync(string key, byte[] content) =>
        Objects.PutAsync(key, new MemoryStream(content), "application/octet-stream", TestContext.Current.CancellationToken);

    /// <summary>The next message of a kind.</summary>
    public Task<T> HearAsync<T>() => Get<Heard>().NextAsync<T>();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (!keeps)
            Directory.Delete(folder, recursive: true);
    }
}
