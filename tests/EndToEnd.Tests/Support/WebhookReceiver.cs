using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StandardWebhooks;

namespace RdmCloud.EndToEnd.Support;

/// <summary>A tenant's own server; it verifies signatures with an implementation that is not ours.</summary>
sealed class WebhookReceiver : IAsyncDisposable
{
    readonly WebApplication app;

    WebhookReceiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Path, HeaderDictionary Headers, string Body)> Received { get; } = [];

    public static async Task<WebhookReceiver> StartAsync(string host = "127.0.0.1")
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls($"http://{host}:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public string UrlOf(string path) => $"{app.Urls.Single()}{path}";

    /// <summary>The event of a type once it has come, verified.</summary>
    public async Task<JsonNode> HearAsync(string path, string type, string secret)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            foreach (var (at, headers, body) in Received.Where(received => received.Path == path))
                if (JsonNode.Parse(body)! is var happened && (string)happened["type"]! == type)
                {
                    new StandardWebhook(secret).Verify(body, headers);
                    return happened["data"]!;
                }
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value));
        Received.Enqueue((context.Request.Path, headers, body));
    }
}
