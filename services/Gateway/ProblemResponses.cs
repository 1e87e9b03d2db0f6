using Microsoft.AspNetCore.Diagnostics;
using RdmCloud.Contracts;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway;

/// <summary>What goes wrong is told as RFC 9457 says: by field where a field is at fault, and never with a stack trace.</summary>
public sealed class ProblemResponses(ILogger<ProblemResponses> logger) : IExceptionHandler
{
    static readonly UnavailableException silence =
        new("A part of this service does not answer. Try again in a moment.", TimeSpan.FromSeconds(5));

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            ValidationException invalid => Results.ValidationProblem(
                invalid.Errors, statusCode: StatusCodes.Status422UnprocessableEntity, title: invalid.Message),
            RefusedException { Field: { } field } refused => Results.ValidationProblem(
                new Dictionary<string, string[]> { [field] = [refused.Message] },
                statusCode: StatusCodes.Status422UnprocessableEntity, title: "The request has fields that are not valid."),
            RefusedException refused => Results.Problem(
                statusCode: StatusCodes.Status422UnprocessableEntity, title: refused.Message),
            ConflictException conflict => Results.Problem(statusCode: StatusCodes.Status409Conflict, title: conflict.Message),
            QuotaException quota => Quota(http, quota),
            UnavailableException unavailable => Unavailable(http, unavailable),
            _ when IsSilence(exception) => Unavailable(http, silence),
            BadHttpRequestException bad => Results.Problem(statusCode: bad.StatusCode, title: "The request cannot be read.",
                detail: bad.InnerException is System.Text.Json.JsonException json ? JsonProblems.Say(json) : bad.Message),
            _ => Results.Problem(
                statusCode: StatusCodes.Status500InternalServerError, title: "Something went wrong on our side. Try again."),
        };
        if (IsSilence(exception))
            logger.LogWarning("{Method} {Path} failed: {Reason}", http.Request.Method, http.Request.Path, exception.Message);
        else if (exception is not (ValidationException or RefusedException or ConflictException
            or QuotaException or UnavailableException or BadHttpRequestException))
            logger.LogError(exception, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
        await problem.ExecuteAsync(http);
        return true;
    }

    /// <summary>Another service was asked and has not answered, or not in time.</summary>
    static bool IsSilence(Exception exception) =>
        exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException };

    static IResult Quota(HttpContext http, QuotaException quota)
    {
        if (quota.RetryAfter is { } wait)
            SayWhen(http, wait);
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests, title: quota.Message,
            type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
            extensions: new Dictionary<string, object?> { ["violated-policies"] = new[] { quota.Quota } });
    }

    static IResult Unavailable(HttpContext http, UnavailableException unavailable)
    {
        SayWhen(http, unavailable.RetryAfter);
        return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: unavailable.Message);
    }

    static void SayWhen(HttpContext http, TimeSpan wait) =>
        http.Response.Headers.RetryAfter =
            Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
