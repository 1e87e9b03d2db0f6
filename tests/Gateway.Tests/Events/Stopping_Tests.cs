using System.Net.Http.Json;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Events;

/// <summary>A gateway that is told to stop lets go of those who wait, who come back to another.</summary>
public class Stopping_Tests
{
    static readonly TimeSpan soon = TimeSpan.FromSeconds(15); // an open connection would hold it up for 50

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watcher_SeesTheStreamEnd()
    {
        var host = await GatewayHost.StartAsync();
        host.Chain.Act = _ => Task.CompletedTask;
        using var client = host.ClientOf("tenant-a");
        var id = await host.SubmitAsync("tenant-a");
        await using var events = await client.GetStreamAsync($"/v1/generations/{id}/events", Cancellation);
        using var reader = new StreamReader(events);
        Assert.Equal("event: queued", await reader.ReadLineAsync(Cancellation));
        var rest = reader.ReadToEndAsync(Cancellation);
        await host.DisposeAsync().AsTask().WaitAsync(soon, Cancellation);
        await rest;
    }

    [Fact]
    public async Task WhoPrefersToWait_GetsTheJobAsItIs()
    {
        var host = await GatewayHost.StartAsync();
        var begun = new TaskCompletionSource();
        host.Chain.Act = _ =>
        {
            begun.TrySetResult();
            return Task.CompletedTask;
        };
        using var client = host.ClientOf("tenant-a");
        client.DefaultRequestHeaders.Add("Prefer", "wait=60");
        var answer = client.PostAsJsonAsync("/v1/generations", new { prompt = "a heart" }, Cancellation);
        await begun.Task.WaitAsync(Cancellation);
        await host.DisposeAsync().AsTask().WaitAsync(soon, Cancellation);
        Assert.True((await answer).IsSuccessStatusCode);
    }
}
