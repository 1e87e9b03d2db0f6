namespace RdmCloud.Gateway.Access;

public static class ScopeRequirement
{
    /// <summary>Lets in callers whose key has the scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.AddEndpointFilter(async (context, next) => context.HttpContext.Features.Get<Caller>() switch
        {
            null => Results.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "This needs an API key: Authorization: Bearer rdm_…"),
            var caller when caller.Scopes.Contains(scope) => await next(context),
            _ => Results.Problem(statusCode: StatusCodes.Status403Forbidden, title: $"The API key lacks the scope '{scope}'."),
        });
        return builder;
    }
}
