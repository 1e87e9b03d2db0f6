using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RdmCloud.Cli.Hosting;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Cli.DeadLetters;

/// <summary>What was given up, as a gateway's operator may ask it.</summary>
sealed class DeadLetterClient : IDisposable
{
    public const string KeyVariable = "RDM_ADMIN_KEY";

    readonly HttpClient http;

    public DeadLetterClient(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !address.Scheme.StartsWith("http", StringComparison.Ordinal))
            throw new UsageException($"--url must be an address such as https://rdm.example.com, not '{url}'.");
        http = new() { BaseAddress = address };
        // Not an option: everyone may read a command line.
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, "", cancellationToken);
        var found = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return found!["items"].Deserialize<DeadLetter[]>(RemoteAnswers.Json)!;
    }

    public async Task<DeadLetterContent> ShowAsync(string queue, string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Get, PathOf(queue, id), cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<DeadLetterContent>(RemoteAnswers.Json, cancellationToken))!;
    }

    public async Task ResendAsync(string queue, string id, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, $"{PathOf(queue, id)}/resend", cancellationToken)).Dispose();

    public async Task DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Delete, PathOf(queue, id), cancellationToken)).Dispose();

    public void Dispose() => http.Dispose();

    async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(new(method, $"/v1/admin/dead-letters{path}"), cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new UsageException($"{http.BaseAddress} does not answer ({exception.Message}). Name the gateway with --url.");
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new UsageException(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? $"This needs the operator's key: set {KeyVariable}."
                : await TitleOfAsync(answer, cancellationToken));
    }

    static async Task<string> TitleOfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))?["title"]
                ?? $"It answered {(int)answer.StatusCode}.";
        }
        catch (JsonException)
        {
            return $"It answered {(int)answer.StatusCode}, and not as a gateway does.";
        }
    }

    static string PathOf(string queue, string id) => $"/{Uri.EscapeDataString(queue)}/{Uri.EscapeDataString(id)}";
}
