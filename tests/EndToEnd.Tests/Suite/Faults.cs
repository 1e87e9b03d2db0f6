using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What breaks, breaks nothing: on six processes.</summary>
public abstract class Faults(DistributedDeployment deployment)
{
    const int JobsPerFault = 20;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EverythingThatDies_LosesNoJobAndChangesNoPicture()
    {
        using var tenant = await deployment.TenantAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var duplicator = await Duplicator.StartAsync(deployment.Rabbit.Address,
            "embed-prompt", "retrieve-neighbors", "sample-interactive", "store-images", "ledger", "webhook-events");
        Func<Task>[] faults =
        [
            .. deployment.Services.Select(service => (Func<Task>)(() => KillAsync(service))),
            () => deployment.Rabbit.RestartAsync(),
            StopPostgresAsync,
            () => deployment.InterruptObjectsAsync(TimeSpan.FromSeconds(10), Cancel),
            deployment.RestartMilvusAsync,
        ];
        var database = (string)(await tenant.PostAsync("/v1/databases", new { name = "colors" }))["id"]!;
        await Databases.ImportAsync(tenant, database, Pictures.Zip(40));
        var ids = new ConcurrentBag<string>();
        foreach (var fault in faults)
        {
            var submitting = Parallel.ForAsync(
                0, JobsPerFault, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel },
                async (_, _) => ids.Add(await SubmitSurelyAsync(tenant, database, receiver)));
            await fault();
            await submitting;
        }
        Assert.Equal(JobsPerFault * faults.Length, ids.Distinct().Count());

        var hashes = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            var job = await WaitAsync(tenant, id);
            Assert.True((string)job["status"]! == "completed", job.ToJsonString());
            hashes[id] = await HashAsync(job);
        }
        Assert.True(duplicator.Copies > 3 * ids.Count, $"only {duplicator.Copies} messages were delivered twice");
        await tenant.DrawAsync(new { prompt = "a star", steps = 2 }); // what was delivered twice has come by now
        foreach (var (id, hash) in hashes)
            Assert.Equal(hash, await HashAsync(await tenant.GetAsync($"/v1/generations/{id}")));
        await AreToldAsync(receiver, ids);
    }

    [Fact]
    public async Task WorkerThatDiesInMidSample_IsReplaced()
    {
        using var tenant = await deployment.TenantAsync();
        var id = await tenant.SubmitAsync(new { prompt = "a red heart", n = 4, steps = 250 });
        await foreach (var happened in tenant.EventsAsync(id))
            if (happened.Type == "progress" && (int)happened.Data["step"]! > 0)
                break;
        await KillAsync("Sampling");
        Assert.Equal("completed", (string)(await tenant.WaitAsync(id))["status"]!);
    }

    /// <summary>What the services said is the only hint where a job got stuck.</summary>
    async Task<JsonNode> WaitAsync(Client tenant, string id)
    {
        try
        {
            return await tenant.WaitAsync(id);
        }
        catch (TimeoutException exception)
        {
            var said = deployment.Services.Select(service => deployment[service].Describe());
            throw new TimeoutException($"{exception.Message}\n{string.Join('\n', said)}", exception);
        }
    }

    async Task KillAsync(string service)
    {
        await deployment[service].KillAsync();
        await deployment[service].StartAsync();
    }

    async Task StopPostgresAsync()
    {
        await deployment.Postgres.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(10), Cancel);
        await deployment.Postgres.StartAsync();
    }

    /// <summary>As a client does that wants one job and no more: it asks again with the same key until it is answered.</summary>
    static async Task<string> SubmitSurelyAsync(Client tenant, string database, WebhookReceiver receiver)
    {
        var key = ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");
        var order = new
        {
            prompt = "a red heart",
            steps = 12,
            databases = new[] { new { id = database }, new { id = "fluent-3d" } },
            webhook = new { url = receiver.UrlOf("/job"), events = new[] { "job.completed" } },
        };
        while (true)
            try
            {
                var (status, job, _) = await tenant.TryAsync(HttpMethod.Post, "/v1/generations", order, key);
                if (status is HttpStatusCode.Accepted)
                    return (string)job!["id"]!;
                Assert.True((int)status >= 500 || status is HttpStatusCode.Conflict, $"{(int)status} {job}");
                await Task.Delay(200, Cancel);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(200, Cancel);
            }
    }

    static async Task<string> HashAsync(JsonNode job)
    {
        var picture = job["output"]![0]!;
        var bytes = await Client.DownloadAsync((string)picture["url"]!);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.Equal((string)picture["sha256"]!, hash);
        return hash;
    }

    static async Task AreToldAsync(WebhookReceiver receiver, IReadOnlyCollection<string> ids)
    {
        var end = TimeProvider.System.GetUtcNow().AddMinutes(5);
        while (ids.Except(receiver.Received
            .Select(received => (string)JsonNode.Parse(received.Body)!["data"]!["id"]!)).ToList() is { Count: > 0 } missing)
        {
            Assert.True(
                TimeProvider.System.GetUtcNow() < end,
                $"{missing.Count} of {ids.Count} jobs were not told of, such as {missing[0]}");
            await Task.Delay(100, Cancel);
        }
    }
}
