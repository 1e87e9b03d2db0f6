using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Webhooks.Tables;

/// <summary>An event on its way to one address.</summary>
sealed class DeliveryEntry
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Event { get; init; }

    public required string Type { get; init; }

    /// <summary>Null where the address was given with a job.</summary>
    public string? Endpoint { get; init; }

    public required string Url { get; init; }

    public required string Host { get; init; }

    /// <summary>The endpoint, or else the address: an event has one delivery to each.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// One host of one tenant: what goes wrong there must not hold up another tenant's messages to the same host.
    /// </summary>
    public string Recipient => $"{Tenant} {Host}";

    public DeliveryStatus Status { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When whoever comes first makes the next attempt. Who makes it moves this on, so that another makes it again if nothing is
    /// heard of the first.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public int? ResponseStatus { get; set; }

    public string? LastError { get; set; }

    public WebhookDelivery Describe() =>
        new(Id, Event, Type, Endpoint, Url, Status, Attempts, CreatedAt, NextAttemptAt, ResponseStatus, LastError);
}
