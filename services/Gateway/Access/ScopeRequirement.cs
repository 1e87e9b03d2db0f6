namespace RdmCloud.Gateway.Access;

/// <param name="Scope">What a caller's key must be allowed.</param>
public sealed record ScopeRequirement(string Scope);
