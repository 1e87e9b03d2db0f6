using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RdmCloud.EndToEnd.Support;

/// <summary>A client of the API that knows nothing of our code.</summary>
public sealed class Client(Uri gateway, string? key) : IDisposable
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(8); // beside other tests on two cores

    public string Tenant { get; init; } = "";

    /// <summary>The same tenant at another gateway.</summary>
    public Client At(Uri other) => new(other, key) { Tenant = Tenant };

    public HttpClient Http { get; } = new()
    {
        BaseAddress = gateway,
        DefaultRequestHeaders = { Authorization = key is null ? null : new("Bearer", key) },
        Timeout = patience,
    };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path, Cancel));

    public async Task<JsonNode> PostAsync(string path, object? body = null) =>
        await ReadAsync(await Http.PostAsJsonAsync(path, body, Cancel));

    /// <summary>What a request is answered with, whether or not it succeeds.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Response)> TryAsync(
        HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await Http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null, response);
    }

    /// <summary>Submits a job and returns its id.</summary>
    public async Task<string> SubmitAsync(object job) => (string)(await PostAsync("/v1/generations", job))["id"]!;

    /// <summary>The job when it is over.</summary>
    public async Task<JsonNode> WaitAsync(string id)
    {
        var end = TimeProvider.System.GetUtcNow() + patience;
        while (true)
        {
            var job = await GetAsync($"/v1/generations/{id}");
            if ((string)job["status"]! is not ("queued" or "processing"))
                return job;
            if (TimeProvider.System.GetUtcNow() > end)
                throw new TimeoutException($"not over after {patience}: {job.ToJsonString()}");
            await Task.Delay(20, Cancel);
        }
    }

    public async Task<JsonNode> DrawAsync(object job) => await WaitAsync(await SubmitAsync(job));

    /// <summary>A job's events until it is over, or until the caller has seen enough.</summary>
    public async IAsyncEnumerable<(string Id, string Type, JsonNode Data)> EventsAsync(string id, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/generations/{id}/events");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.EnsureSuccessStatusCode();
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync(Cancel));
        await foreach (var happened in events.EnumerateAsync(Cancel))
            yield return (happened.EventId!, happened.EventType, JsonNode.Parse(happened.Data)!);
    }

    /// <summary>A file by a link, which needs no key.</summary>
    public static async Task<byte[]> DownloadAsync(string url)
    {
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(url, Cancel);
    }

    public void Dispose() => Http.Dispose();

    static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(
                answer.IsSuccessStatusCode,
                $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} {(int)answer.StatusCode}: {text}");
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        }
    }
}
