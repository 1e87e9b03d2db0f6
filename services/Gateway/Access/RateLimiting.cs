using System.Globalization;

namespace RdmCloud.Gateway.Access;

/// <summary>
/// So many requests a minute for each key, told in the headers of draft-ietf-httpapi-ratelimit-headers; and no request of a
/// tenant that does not exist.
/// </summary>
public sealed class RateLimiting(FixedWindow window, TenantStore tenants, Quotas quotas) : IMiddleware
{
    const string Policy = "requests";

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<Caller>() is not { Tenant.Length: > 0 } caller)
        {
            await next(http);
            return;
        }
        if (await tenants.FindAsync(caller.Tenant, http.RequestAborted) is not { } tenant)
        {
            await Results
                .Problem(statusCode: StatusCodes.Status401Unauthorized, title: "The key's tenant is deleted.")
                .ExecuteAsync(http);
            return;
        }
        var permits = quotas.RequestsPerMinute(tenant);
        var permit = window.Take(caller.ApiKey ?? caller.Tenant, permits);
        var reset = Math.Ceiling(permit.Reset.TotalSeconds);
        http.Response.OnStarting(() => // no earlier: a problem clears what is set before
        {
            http.Response.Headers["RateLimit-Policy"] =
                string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";q={permits};w=60");
            http.Response.Headers["RateLimit"] =
                string.Create(CultureInfo.InvariantCulture, $"\"{Policy}\";r={permit.Left};t={reset}");
            return Task.CompletedTask;
        });
        if (permit.IsGranted)
            await next(http);
        else
            throw new QuotaException(Policy, $"More than {permits} requests came within a minute. Wait {reset} s.", permit.Reset);
    }
}
