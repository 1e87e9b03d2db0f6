using System.Diagnostics;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.ServiceDefaults.Telemetry;
using RdmCloud.Webhooks.Endpoints;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>Makes one attempt and draws the conclusions from it.</summary>
sealed class Delivering(
    DeliveryQueue queue, WebhookSender sender, EndpointStore endpoints, DeliveryMeter meter, TimeProvider time,
    ILogger<Delivering> logger)
{
    static readonly TimeSpan patience = TimeSpan.FromDays(3);

    /// <summary>Never throws: what is not settled is attempted again when its claim has run out.</summary>
    public async Task DeliverAsync(DeliveryEntry delivery, CancellationToken cancellationToken)
    {
        try
        {
            if (delivery.Endpoint is { } registered && await endpoints.CancelIfDeletedAsync(registered, cancellationToken))
                return;
            var attempt = await AttemptAsync(delivery, cancellationToken);
            var status = await queue.SettleAsync(delivery, attempt, cancellationToken);
            if (delivery.Endpoint is { } endpoint && attempt.Counts)
                await JudgeAsync(delivery.Tenant, endpoint, delivery.Url, attempt, status, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(
                exception, "Webhook {Delivery} of tenant {Tenant} could not be attempted", delivery.Id, delivery.Tenant);
        }
        catch (OperationCanceledException)
        {
            // This process stops.
        }
    }

    async Task<Attempt> AttemptAsync(DeliveryEntry delivery, CancellationToken cancellationToken)
    {
        var happened = await queue.EventAsync(delivery, cancellationToken);
        using var span = JobTrace.Resume($"webhook {happened.Type}", happened.TraceParent, ActivityKind.Client);
        var begun = time.GetTimestamp();
        var attempt = await sender.SendAsync(delivery, happened, cancellationToken);
        meter.Attempted(attempt, time.GetElapsedTime(begun), time.GetUtcNow() - happened.RecordedAt);
        span?.SetTag("rdm.tenant", delivery.Tenant).SetTag("http.response.status_code", (int?)attempt.Status)
            .SetStatus(attempt.Arrived ? ActivityStatusCode.Ok : ActivityStatusCode.Error, attempt.Error);
        return attempt;
    }

    /// <summary>Disables an endpoint that is gone, or where nothing has arrived for as long as a message is tried.</summary>
    async Task JudgeAsync(
        string tenant, string endpoint, string url, Attempt attempt, DeliveryStatus status, CancellationToken cancellationToken)
    {
        var failingSince = await endpoints.NoteAsync(endpoint, attempt.Arrived, cancellationToken);
        var reason = attempt.Status == System.Net.HttpStatusCode.Gone ? "It answered 410 Gone."
            : status == DeliveryStatus.Failed && time.GetUtcNow() - failingSince >= patience
                ? $"Nothing has arrived there since {failingSince:yyyy-MM-dd HH:mm} UTC."
                : null;
        if (reason is null)
            return;
        var data = System.Text.Json.JsonSerializer.Serialize(new { endpoint, url, reason });
        var told = new TenantEvent(Ids.New("evt", time), tenant, EventTypes.EndpointDisabled, time.GetUtcNow(), data);
        if (!await endpoints.DisableAsync(endpoint, reason, told, cancellationToken))
            return;
        meter.Disabled();
        logger.LogWarning("Webhook endpoint {Endpoint} of tenant {Tenant} is disabled: {Reason}", endpoint, tenant, reason);
    }
}
