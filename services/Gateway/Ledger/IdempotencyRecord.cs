namespace RdmCloud.Gateway.Ledger;

/// <summary>What was made of a request with an Idempotency-Key.</summary>
public sealed class IdempotencyRecord
{
    public required string Tenant { get; init; }

    public required string Key { get; init; }

    /// <summary>Of the request's path and body.</summary>
    public required string RequestHash { get; init; }

    /// <summary>Null while the first request is still at work.</summary>
    public string? Job { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }
}
