using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Events;

public sealed class Events_Tests : IAsyncLifetime
{
    GatewayHost host = null!;

    public async ValueTask InitializeAsync() => host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Stream_TellsTheWholeJob_AndEndsWithIt()
    {
        var id = await host.SubmitAsync("tenant-a");
        var events = await ReadAsync(id);
        Assert.Equal(
            ["queued", "embedded", "retrieved", "started", "progress", "progress", "completed"],
            events.Select(item => item.EventType));
        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"{number}"), events.Select(item => item.EventId));
        Assert.Equal("heart", (string)JsonNode.Parse(events[2].Data)!["neighbors"]![0]!["image"]!);
        Assert.Equal((20, 20), (Number(events[5], "step"), Number(events[5], "of")));
        Assert.StartsWith("http://localhost/files/", (string)JsonNode.Parse(events[6].Data)!["output"]![0]!["url"]!);
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(3, 4)]
    [InlineData(6, 1)]
    [InlineData(7, 0)]
    public async Task ClientThatComesBack_GetsWhatItMissed(int last, int missed)
    {
        var id = await host.SubmitAsync("tenant-a");
        await host.WaitAsync("tenant-a", id);
        Assert.Equal(missed, (await ReadAsync(id, last)).Count);
    }

    [Fact]
    public async Task Watcher_HearsWhileItHappens()
    {
        var gate = new SemaphoreSlim(0);
        host.Chain.Act = async context =>
        {
            await context.Publish(new PromptEmbedded(context.Message.Job, false));
            await gate.WaitAsync();
            await context.Publish(ChainScript.StoredOf(context.Message));
        };
        var id = await host.SubmitAsync("tenant-a");
        var seen = new List<string>();
        await foreach (var item in OpenAsync(id))
        {
            seen.Add(item.EventType);
            if (item.EventType == "embedded")
                gate.Release(); // the job goes on only because the client has heard so far
        }
        Assert.Equal(["queued", "embedded", "completed"], seen);
    }

    [Fact]
    public async Task Webhooks_AreToldOfWhatMatters_Once()
    {
        var id = await host.SubmitAsync("tenant-a", new
        {
            prompt = "a heart",
            webhook = new { url = "https://example.com/hook", events = new[] { "job.completed" } },
        });
        await host.WaitAsync("tenant-a", id);
        await GatewayHost.Until(() => Task.FromResult(ToldEvents.ById.Values.Count(told => told.Id.Contains(id)) == 4));
        var told = ToldEvents.ById.Values.Where(one => one.Id.Contains(id)).OrderBy(one => one.Id).ToList();
        Assert.Equal(["job.queued", "job.retrieved", "job.started", "job.completed"], told.Select(one => one.Type));
        Assert.All(told, one => Assert.Equal(("tenant-a", "https://example.com/hook"), (one.Tenant, one.Target!.Url)));
        Assert.Equal("completed", (string)JsonNode.Parse(told[3].Data)!["status"]!);
    }

    static int Number(SseItem<string> item, string name) => (int)JsonNode.Parse(item.Data)![name]!;

    async Task<List<SseItem<string>>> ReadAsync(string id, int? last = null)
    {
        var items = new List<SseItem<string>>();
        await foreach (var item in OpenAsync(id, last))
            items.Add(item);
        return items;
    }

    async IAsyncEnumerable<SseItem<string>> OpenAsync(string id, int? last = null)
    {
        using var client = host.ClientOf("tenant-a");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/generations/{id}/events");
        if (last is not null)
            request.Headers.Add("Last-Event-ID", $"{last}");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        await using var stream = await response.Content.ReadAsStreamAsync(timeout.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(timeout.Token))
            yield return item;
    }
}
