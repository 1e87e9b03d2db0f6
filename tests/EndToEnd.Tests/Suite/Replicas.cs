using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>Two processes of a service share its work, and one goes on when the other dies.</summary>
public abstract class Replicas(DistributedDeployment deployment)
{
    const int Jobs = 40;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GatewayAndWorkerThatDieUnderLoad_LoseNoJobAndLeaveNoClientWaiting()
    {
        using var first = await deployment.TenantAsync();
        await using var gateway = await deployment.StartReplicaAsync("Gateway");
        await using var worker = await deployment.StartReplicaAsync("Sampling");
        using var second = first.At(gateway.Address);

        // Each is submitted at one gateway and watched at the other.
        var watched = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async i =>
        {
            var (here, there) = i % 2 == 0 ? (first, second) : (second, first);
            var id = await here.SubmitAsync(new { prompt = "a star", steps = 30 });
            return (Id: id, Events: WatchAsync(id, there, second));
        }));
        await Task.WhenAll(deployment["Gateway"].KillAsync(), deployment["Sampling"].KillAsync());
        try
        {
            foreach (var (id, events) in watched)
            {
                var seen = await events;
                Assert.Equal("completed", seen[^1].Type);
                Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(happened => int.Parse(happened.Id)));
                Assert.Equal("completed", (string)(await second.GetAsync($"/v1/generations/{id}"))["status"]!);
            }
        }
        finally
        {
            await Task.WhenAll(deployment["Gateway"].StartAsync(), deployment["Sampling"].StartAsync());
        }
        Assert.Equal("completed", (string)(await first.DrawAsync(new { prompt = "a star", steps = 2 }))["status"]!);
    }

    /// <summary>
    /// As a browser does: when the connection breaks it goes on where it was, here at the gateway that is left.
    /// </summary>
    static async Task<List<(string Id, string Type)>> WatchAsync(string job, Client client, Client left)
    {
        var seen = new List<(string Id, string Type)>();
        while (true)
        {
            try
            {
                await foreach (var (id, type, _) in client.EventsAsync(job, seen.Count == 0 ? null : seen[^1].Id))
                    if (type != "ping")
                        seen.Add((id, type));
                if (seen.Count > 0 && seen[^1].Type is "completed" or "failed" or "canceled" or "expired")
                    return seen;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                client = left;
                await Task.Delay(50, Cancel);
            }
        }
    }
}
