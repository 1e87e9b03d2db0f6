using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.Images;
using RdmCloud.ObjectStore;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling.Support;

/// <summary>The service as it runs, with a folder of its own for objects.</summary>
sealed class TestWorker : IAsyncDisposable
{
    readonly string folder;
    readonly IHost host;

    TestWorker(IHost host, string folder) => (this.host, this.folder) = (host, folder);

    public Messages Heard => Services.GetRequiredService<Messages>();

    public IServiceProvider Services => host.Services;

    public IObjectStore Store => Services.GetRequiredService<IObjectStore>();

    public static async Task<TestWorker> StartAsync(
        string model, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? add = null)
    {
        var folder = Directory.CreateTempSubdirectory("rdm-sampling-").FullName;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Models:Folders:0"] = model,
            ["ObjectStore:Folder"] = folder,
            ["Sampling:MaxSteps"] = "1000",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        add?.Invoke(builder.Services);
        builder.Services.TryAddSingleton<Messages>();
        builder.AddServiceDefaults();
        builder.AddSampling();
        builder.AddBus(SamplingService.AddConsumers, StageRegistration.AddCancellations, Ear.AddTo);
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new(host, folder);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public Task SubmitAsync(SampleImages command) => Services.GetRequiredService<IBus>()
        .SendToAsync(StageQueues.Sample(command.Generation.Lane), command, TestContext.Current.CancellationToken);

    public Task PublishAsync<T>(T message) where T : class =>
        Services.GetRequiredService<IBus>().Publish(message, TestContext.Current.CancellationToken);

    /// <summary>What storage is asked for, once the job is drawn. That it fails is a failure of the test.</summary>
    public async Task<StoreImages> StoredAsync(JobReference job) =>
        Assert.IsType<StoreImages>(await Heard.FirstAsync<object>(message =>
            message is StoreImages stored && stored.Job == job || message is StageFailed failed && failed.Job == job));

    /// <summary>The pictures of a job, read back.</summary>
    public async Task<IReadOnlyList<RgbImage>> PicturesAsync(JobReference job)
    {
        var pictures = new List<RgbImage>();
        foreach (var picture in (await StoredAsync(job)).Pictures)
            pictures.Add(ImageFile.Read(new MemoryStream(await BytesAsync(picture.Key))));
        return pictures;
    }

    public async Task<byte[]> BytesAsync(string key)
    {
        await using var stored = await Store.OpenAsync(key, TestContext.Current.CancellationToken);
        using var bytes = new MemoryStream();
        await stored!.Content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)host).DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
