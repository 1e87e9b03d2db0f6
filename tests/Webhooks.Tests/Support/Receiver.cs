using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RdmCloud.Webhooks.Support;

/// <summary>A tenant's own server: it takes what it is sent and answers as it is told.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Channel<Received> received = Channel.CreateUnbounded<Received>();

    int count;

    Receiver(WebApplication app) => this.app = app;

    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public string Url => $"{app.Urls.Single()}/hook";

    public int Count => Volatile.Read(ref count);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public void AnswerWith(HttpStatusCode status, params (string Name, string Value)[] headers) => Answer = context =>
    {
        context.Response.StatusCode = (int)status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return Task.CompletedTask;
    };

    public async Task<Received> NextAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return await received.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    async Task ReceiveAsync(HttpContext context)
    {
        Interlocked.Increment(ref count);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        received.Writer.TryWrite(new(body, headers));
        await Answer(context);
    }
}

sealed record Received(string Body, IReadOnlyDictionary<string, string> Headers);
