using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.Standalone;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>All services in one process with a sampler that returns at once, and a client over HTTP.</summary>
sealed class JobClient : IAsyncDisposable
{
    readonly WebApplication app;
    readonly TemporaryFolder folder;
    readonly HttpClient http;

    JobClient(WebApplication app, TemporaryFolder folder)
    {
        (this.app, this.folder) = (app, folder);
        http = new() { BaseAddress = new(app.Urls.First()), DefaultRequestHeaders = { { "Prefer", "wait=60" } } };
    }

    /// <param name="broker">Null for a bus in this process.</param>
    public static async Task<JobClient> StartAsync(string model, Uri? broker)
    {
        var folder = new TemporaryFolder();
        var settings = StandaloneDefaults.For(Path.GetFullPath(model), folder.File("data"), "http://127.0.0.1:0");
        settings["Bus:RabbitMq"] = broker?.ToString();
        settings["Quotas:RequestsPerMinute"] = $"{int.MaxValue}";
        settings["Quotas:MaxImagesPerDay"] = $"{int.MaxValue}";
        var painter = new InstantPainter(ModelDirectory.Open(model));
        var app = StandaloneHost.Build([], settings, builder => builder.Services.AddSingleton<IPainter>(painter));
        await app.StartAsync();
        await StandaloneHost.ReadyAsync(app, default);
        return new(app, folder);
    }

    /// <summary>From the request to the answer that the job has completed.</summary>
    public async Task DrawAsync()
    {
        using var answer = await http.PostAsJsonAsync("/v1/generations", new { prompt = "a red heart", steps = 1 });
        var text = await answer.Content.ReadAsStringAsync();
        if (!text.Contains("\"completed\""))
            throw new InvalidOperationException($"The job did not complete: {text}");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
