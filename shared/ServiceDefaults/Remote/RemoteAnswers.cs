using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using RdmCloud.Contracts;

namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>
/// How another service's answer is read: 404 is null, what it refused is refused here too. What a proxy or a sidecar says instead
/// of it is a failure like any other, its 404 too.
/// </summary>
public static class RemoteAnswers
{
    const int LongestReason = 500;

    public static JsonSerializerOptions Json { get; } = Options();

    /// <exception cref="HttpRequestException">The service has not answered.</exception>
    /// <exception cref="RefusedException">It has refused.</exception>
    public static async Task<T?> ReadAsync<T>(this Task<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        using var response = await answer;
        return await IsFoundAsync(response, cancellationToken)
            ? await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken)
            : default;
    }

    /// <summary>Whether there was what the call was about.</summary>
    /// <exception cref="HttpRequestException">The service has not answered.</exception>
    /// <exception cref="RefusedException">It has refused.</exception>
    public static async Task<bool> SucceededAsync(this Task<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        using var response = await answer;
        return await IsFoundAsync(response, cancellationToken);
    }

    static async Task<bool> IsFoundAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return true;
        if (!response.Headers.Contains(InternalRoutes.AnswerHeader))
            throw await FailedAsync(response, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                return false;
            case HttpStatusCode.UnprocessableEntity:
                var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(Json, cancellationToken);
                throw new RefusedException(problem?.Detail ?? "It was refused.", Field(problem));
            default:
                throw await FailedAsync(response, cancellationToken);
        }
    }

    static async Task<HttpRequestException> FailedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reason = (await response.Content.ReadAsStringAsync(cancellationToken)).ReplaceLineEndings(" ").Trim();
        return new($"{response.RequestMessage?.RequestUri} was answered with {(int)response.StatusCode}: "
            + reason[..Math.Min(reason.Length, LongestReason)], null, response.StatusCode);
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
