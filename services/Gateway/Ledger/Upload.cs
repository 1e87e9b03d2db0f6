namespace RdmCloud.Gateway.Ledger;

/// <summary>A picture that a client sent ahead.</summary>
public sealed class Upload
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Key { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
