namespace RdmCloud.Webhooks.Tables;

/// <summary>What signs messages. Secrets are encrypted here.</summary>
sealed class SecretEntry
{
    public required string Tenant { get; init; }

    /// <summary>An endpoint's id; empty for the addresses given with jobs.</summary>
    public required string Endpoint { get; init; }

    public required string Secret { get; set; }

    public string? Previous { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }
}
