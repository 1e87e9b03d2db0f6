using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RdmCloud.Cli.Bench;

/// <summary>The tiny model, served by the program itself with an operator's key: a gateway to send jobs to.</summary>
public sealed class ServedModel(Workshop workshop) : IAsyncLifetime
{
    public const string AdminKey = "the operator's own long key";

    readonly string folder = Directory.CreateTempSubdirectory("rdm-load-").FullName;
    readonly HttpClient http = new();
    Process? process;

    public string Url { get; private set; } = "";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var environment = new Dictionary<string, string> { ["Access__AdminKey"] = AdminKey, ["OMP_NUM_THREADS"] = "1" };
        process = Rdm.Start(folder, await workshop.ModelAsync(), environment, "serve", "--port", "0", "--data", folder);
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
            if (line.Contains("draws with", StringComparison.Ordinal))
            {
                Url = line.Split(' ')[^1];
                return;
            }
        throw new InvalidOperationException($"It does not serve: {await process.StandardError.ReadToEndAsync(Cancel)}");
    }

    /// <summary>Asks the gateway as the operator, with another key, or as whoever needs none on this machine.</summary>
    public async Task<JsonNode> AskAsync(HttpMethod method, string path, object? body = null, string? key = AdminKey)
    {
        using var request = new HttpRequestMessage(method, Url + path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }
}
