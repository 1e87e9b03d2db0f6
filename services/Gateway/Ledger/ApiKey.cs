namespace RdmCloud.Gateway.Ledger;

public sealed class ApiKey
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    /// <summary>Its first characters, by which a person knows it again.</summary>
    public required string Prefix { get; init; }

    /// <summary>SHA-256 of the whole key, in lower-case hexadecimal. The key itself is kept nowhere.</summary>
    public required string Hash { get; init; }

    /// <summary>Separated by spaces.</summary>
    public required string Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}
