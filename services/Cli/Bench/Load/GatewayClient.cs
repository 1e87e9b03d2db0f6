using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Cli.Hosting;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>A gateway's API, as any client may ask it: its answers, and its refusals as exceptions.</summary>
sealed class GatewayClient : IDisposable
{
    readonly HttpClient http;

    /// <exception cref="UsageException">It is no address.</exception>
    public GatewayClient(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"URL must be a gateway's address such as https://rdm.example.com, not '{url}'.");
        http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan }; // a job may wait for as long as it likes
    }

    /// <exception cref="RefusedException">The gateway does not do it.</exception>
    /// <exception cref="HttpRequestException">It cannot be asked.</exception>
    public async Task<JsonNode?> SendAsync(
        HttpMethod method, string path, string? key, object? body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, key);
        if (body is not null)
            request.Content = JsonContent.Create(body, options: RemoteAnswers.Json);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var answer = await http.SendAsync(request, cancellationToken);
        await EnsureAcceptedAsync(answer, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NoContent ? null
            : await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
    }

    /// <summary>A job's events from a number on; null where it is over and there are no more.</summary>
    public async Task<Stream?> EventsAsync(string job, string? key, string? after, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, $"/v1/generations/{job}/events", key);
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await EnsureAcceptedAsync(answer, cancellationToken);
        return answer.StatusCode == HttpStatusCode.NoContent ? null : await answer.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => http.Dispose();

    static HttpRequestMessage Request(HttpMethod method, string path, string? key) =>
        new(method, path) { Headers = { Authorization = key is null ? null : new("Bearer", key) } };

    static async Task EnsureAcceptedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return;
        JsonNode? problem = null;
        try
        {
            problem = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        }
        catch (JsonException)
        {
            // Not a gateway's words; the status says enough.
        }
        throw new RefusedException(answer.StatusCode, (string?)problem?["title"] ?? "",
            (string?)problem?["violated-policies"]?[0]);
    }
}
