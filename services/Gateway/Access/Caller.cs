namespace RdmCloud.Gateway.Access;

/// <summary>Who makes a request. Endpoints take it as a parameter; without one a request does not reach them.</summary>
/// <param name="ApiKey">The key's id; null where none was needed.</param>
public sealed record Caller(string Tenant, string? ApiKey, IReadOnlySet<string> Scopes)
{
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
