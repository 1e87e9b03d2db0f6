namespace RdmCloud.Gateway.Ledger;

/// <summary>One look-up without a drawing, for the tenant's bill.</summary>
public sealed class RetrievalUse
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public string? ApiKey { get; init; }

    public required DateTimeOffset At { get; init; }
}
