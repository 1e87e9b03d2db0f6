namespace RdmCloud.Webhooks.Tables;

sealed class EventEntry
{
    public required string Tenant { get; init; }

    public required string Id { get; init; }

    public required string Type { get; init; }

    /// <summary>JSON, as it is signed and sent.</summary>
    public required string Body { get; init; }

    public string? TraceParent { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}
