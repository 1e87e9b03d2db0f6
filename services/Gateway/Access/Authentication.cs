using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace RdmCloud.Gateway.Access;

/// <summary>Says who makes a request. Where it is nobody, the endpoints themselves refuse.</summary>
public sealed class Authentication(
    KeyStore keys, IOptions<AccessOptions> options, FixedWindow attempts, ILogger<Authentication> logger) : IMiddleware
{
    public const string LocalTenant = "local";
    const string Scheme = "Bearer ";
    const int AttemptsPerMinute = 60;

    static readonly Caller admin = new("", null, new HashSet<string> { Scopes.Admin });
    static readonly Caller local = new(LocalTenant, null, Scopes.OfTenants.Append(Scopes.Admin).ToHashSet());

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if ((string?)http.Request.Headers.Authorization is { } authorization)
        {
            if (await CallerOfAsync(authorization, http.RequestAborted) is not { } caller)
            {
                await RefuseAsync(http, WhyNot(authorization));
                return;
            }
            http.Features.Set(caller);
        }
        else if (options.Value.Anonymous && IsLocal(http))
        {
            if (SameOrigin.IsForeign(http.Request))
            {
                await Results
                    .Problem(statusCode: StatusCodes.Status403Forbidden, title: "Pages of other sites may not use this.")
                    .ExecuteAsync(http);
                return;
            }
            http.Features.Set(local);
        }
        using var scope = logger.BeginScope("Tenant {Tenant}", http.Features.Get<Caller>()?.Tenant);
        await next(http);
    }

    /// <summary>Wrong keys are counted for each address; right ones from there are still let in.</summary>
    Task RefuseAsync(HttpContext http, string why)
    {
        var permit = attempts.Take($"attempts {http.Connection.RemoteIpAddress}", AttemptsPerMinute);
        if (!permit.IsGranted)
            throw new QuotaException("attempts", "Too many wrong keys came from this address. Wait a minute.", permit.Reset);
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: why).ExecuteAsync(http);
    }

    async ValueTask<Caller?> CallerOfAsync(string authorization, CancellationToken cancellationToken)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var key = authorization[Scheme.Length..].Trim();
        return options.Value.AdminKey is { } own && IsSame(own, key) ? admin : await keys.FindAsync(key, cancellationToken);
    }

    static string WhyNot(string authorization) =>
        !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? "The Authorization header must be: Bearer rdm_…"
        : KeyFormat.IsWhole(authorization[Scheme.Length..].Trim()) ? "The API key is not known, has expired, or was revoked."
        : "That is no API key: a character is wrong or missing.";

    /// <summary>
    /// Both ends: a page of another host that a browser was led to this address by sends its own name as the host.
    /// </summary>
    static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";

    static bool IsSame(string expected, string given) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));
}
