using System.Net.Http.Json;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>The embedding service of another process.</summary>
public sealed class HttpEmbedder(HttpClient http) : IEmbedder
{
    public async Task<EmbeddedQuery> EmbedAsync(string model, GenerationQuery query, CancellationToken cancellationToken) =>
        await http
            .PostAsJsonAsync("internal/embedding/embed", new EmbedRequest(model, query), RemoteAnswers.Json, cancellationToken)
            .ReadAsync<EmbeddedQuery>(cancellationToken)
        ?? throw new HttpRequestException($"{http.BaseAddress} is not the address of an embedding service.");
}
