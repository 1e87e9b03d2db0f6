using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>
/// Submits jobs and watches each over its own event stream, as clients do; thousands of streams are thousands of sockets, and no
/// threads.
/// What the network swallows is asked again: an idempotency key makes that the same job, and a stream goes on where it broke.
/// </summary>
sealed class JobClient(GatewayClient gateway, IReadOnlyDictionary<string, LoadTenant> tenants, TimeProvider time)
{
    const int Attempts = 4;
    const int RetentionSeconds = 3600; // the pictures are nobody's
    static readonly TimeSpan pause = TimeSpan.FromSeconds(0.25), endPatience = TimeSpan.FromSeconds(10);

    readonly string run = Guid.NewGuid().ToString("N");
    int submitted;
    int retries;

    /// <summary>Requests that were made again.</summary>
    public int Retries => retries;

    public async Task<JobEnding> DrawAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var key = tenants[arrival.Tenant].Key;
        try
        {
            var begun = time.GetTimestamp();
            // What is on its way at Ctrl-C has a moment more: its id must be known to cancel it.
            using var grace = new CancellationTokenSource();
            await using var registration = cancellationToken.Register(() => grace.CancelAfter(endPatience));
            var id = await SubmitAsync(arrival, key, grace.Token);
            var accepted = time.GetElapsedTime(begun);
            try
            {
                return Ending(await WatchAsync(id, key, cancellationToken), accepted);
            }
            catch (OperationCanceledException)
            {
                await CancelAsync(id, key);
                throw;
            }
        }
        catch (RefusedException refused)
        {
            return JobEnding.Failed(refused.Kind);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return JobEnding.Failed("no answer");
        }
    }

    async Task<string> SubmitAsync(Arrival arrival, string? key, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref submitted);
        var body = new
        {
            Prompt = Prompts.Of(number),
            N = arrival.Pictures,
            arrival.Steps,
            Databases = arrival.Style is { } style ? new[] { new { Id = style } } : null,
            RetentionSeconds,
        };
        return await AgainAsync(async () =>
            (string)(await gateway.SendAsync(HttpMethod.Post, "/v1/generations", key, body, $"bench-{run}-{number}",
                cancellationToken))!["id"]!, cancellationToken);
    }

    /// <summary>The job as it is when it is over.</summary>
    async Task<JsonNode> WatchAsync(string id, string? key, CancellationToken cancellationToken)
    {
        string? last = null;
        return await AgainAsync(async () =>
        {
            await using var stream = await gateway.EventsAsync(id, key, last, cancellationToken);
            if (stream is null)
                return (await gateway.SendAsync(HttpMethod.Get, $"/v1/generations/{id}", key, null, null, cancellationToken))!;
            await foreach (var happened in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            {
                last = happened.EventId ?? last;
                if (happened.EventType is "completed" or "failed" or "canceled" or "expired")
                    return JsonNode.Parse(happened.Data)!;
            }
            throw new IOException("The event stream ended before the job.");
        }, cancellationToken);
    }

    async Task<T> AgainAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await ask();
            }
            catch (Exception exception) when (attempt < Attempts && !cancellationToken.IsCancellationRequested
                && exception is HttpRequestException or IOException or RefusedException { IsTransient: true })
            {
                Interlocked.Increment(ref retries);
                await Task.Delay(pause * (1 << attempt), time, cancellationToken);
            }
    }

    /// <summary>Nobody waits for it any more.</summary>
    async Task CancelAsync(string id, string? key)
    {
        using var limit = new CancellationTokenSource(endPatience, time);
        try
        {
            await gateway.SendAsync(HttpMethod.Post, $"/v1/generations/{id}/cancel", key, null, null, limit.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or RefusedException or OperationCanceledException)
        {
            // Its results are deleted after their retention all the same.
        }
    }

    static JobEnding Ending(JsonNode job, TimeSpan accepted)
    {
        var status = (string)job["status"]!;
        return status == "completed" ? new(null, StageTimes.Of(job, accepted))
            : JobEnding.Failed(status == "failed" ? $"failed in {job["stage"]}" : status);
    }
}
