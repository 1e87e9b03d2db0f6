namespace RdmCloud.Gateway.Access;

public static class ScopeRequirements
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeRequirement(scope));
}
