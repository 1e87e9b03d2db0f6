namespace RdmCloud.Gateway.Access;

/// <summary>Lets callers reach what their key's scopes allow. After routing: it asks the endpoint.</summary>
public sealed class Authorization : IMiddleware
{
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ScopeRequirement>() is not { Scope: var scope })
            return next(http);
        if (http.Features.Get<Caller>() is not { } caller)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Problem(statusCode: StatusCodes.Status401Unauthorized,
                title: "This needs an API key: Authorization: Bearer rdm_…").ExecuteAsync(http);
        }
        return caller.Scopes.Contains(scope)
            ? next(http)
            : Results
                .Problem(statusCode: StatusCodes.Status403Forbidden, title: $"The API key lacks the scope '{scope}'.")
                .ExecuteAsync(http);
    }
}
