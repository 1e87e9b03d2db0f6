namespace RdmCloud.Webhooks.Tables;

sealed class EndpointEntry
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Url { get; init; }

    /// <summary>Types of events, with commas between them; empty for all.</summary>
    public required string Events { get; init; }

    public string? Description { get; init; }

    /// <summary>Why nothing is sent there.</summary>
    public string? DisabledReason { get; set; }

    /// <summary>The first failure since something last arrived.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Wants(string type) => Events.Length == 0 || Events.Split(',').Contains(type);
}
