using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using RdmCloud.Contracts;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>How another service's answer is read: 404 is null, what it refused is refused here too.</summary>
public static class RemoteAnswers
{
    public static JsonSerializerOptions Json { get; } = Options();

    public static async Task<T?> ReadAsync<T>(this Task<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        using var response = await answer;
        if (response.StatusCode == HttpStatusCode.NotFound)
            return default;
        await EnsureNotRefusedAsync(response, cancellationToken);
        return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken);
    }

    /// <summary>Whether there was what the call was about.</summary>
    public static async Task<bool> SucceededAsync(this Task<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        using var response = await answer;
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        await EnsureNotRefusedAsync(response, cancellationToken);
        return true;
    }

    static async Task EnsureNotRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(Json, cancellationToken);
            throw new RefusedException(problem?.Detail ?? "It was refused.", Field(problem));
        }
        response.EnsureSuccessStatusCode();
    }

    static string? Field(ProblemDetails? problem) =>
        problem?.Extensions.TryGetValue("field", out var field) == true ? field?.ToString() : null;

    static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Defaults.Json(options);
        return options;
    }
}
