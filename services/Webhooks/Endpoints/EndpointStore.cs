using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.Webhooks.Addresses;
using RdmCloud.Webhooks.Events;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Endpoints;

/// <summary>The addresses that tenants have registered.</summary>
sealed class EndpointStore(
    IDbContextFactory<WebhooksContext> contexts, WebhookUrls urls, EventRecorder recorder, TimeProvider time)
{
    const int Most = 50, LongestDescription = 500;

    /// <exception cref="RefusedException">The address cannot be told anything, or there are too many.</exception>
    public async Task<WebhookEndpoint> CreateAsync(
        string tenant, string url, IReadOnlyList<string> events, string? description, CancellationToken cancellationToken)
    {
        await urls.CheckAsync(url, cancellationToken);
        if (events.Except(EventTypes.All).FirstOrDefault() is { } unknown)
            throw new RefusedException(
                $"There is no event '{unknown}'. There are: {string.Join(", ", EventTypes.All)}.", "events");
        if (description?.Length > LongestDescription)
            throw new RefusedException($"It has at most {LongestDescription} characters.", "description");
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Endpoints.CountAsync(row => row.Tenant == tenant, cancellationToken) >= Most)
            throw new RefusedException($"You have {Most} endpoints, which is the most. Delete one first.");
        var entry = new EndpointEntry
        {
            Id = Ids.New("ep", time),
            Tenant = tenant,
            Url = url,
            Events = string.Join(',', events),
            Description = description,
            CreatedAt = time.GetUtcNow(),
        };
        context.Endpoints.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        return Describe(entry);
    }

    public async Task<WebhookEndpoint?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await context.Endpoints.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.Tenant == tenant, cancellationToken);
        return entry is null ? null : Describe(entry);
    }

    public async Task<IReadOnlyList<WebhookEndpoint>> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await context.Endpoints.AsNoTracking()
            .Where(row => row.Tenant == tenant).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return entries.ConvertAll(Describe);
    }

    /// <summary>Deletes it with its secret; what was to be sent there is not.</summary>
    public async Task<bool> DeleteAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Endpoints.Where(row => row.Id == id && row.Tenant == tenant).ExecuteDeleteAsync(cancellationToken) == 0)
            return false;
        await context.Secrets.Where(row => row.Tenant == tenant && row.Endpoint == id).ExecuteDeleteAsync(cancellationToken);
        await CancelAsync(context, id, cancellationToken);
        return true;
    }

    /// <summary>Whether it was deleted, perhaps while something was recorded for it: that is canceled now.</summary>
    public async Task<bool> CancelIfDeletedAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Endpoints.AnyAsync(row => row.Id == id, cancellationToken))
            return false;
        await CancelAsync(context, id, cancellationToken);
        return true;
    }

    /// <summary>Null where the tenant has no such endpoint.</summary>
    /// <exception cref="RefusedException">It is disabled, so that nothing is sent there.</exception>
    public async Task<WebhookEndpoint?> FindEnabledAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await FindAsync(tenant, id, cancellationToken) switch
        {
            { DisabledReason: { } reason } =>
                throw new RefusedException($"The endpoint '{id}' is disabled. {reason} Enable it first."),
            var endpoint => endpoint,
        };

    public async Task<WebhookEndpoint?> EnableAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Endpoints.Where(row => row.Id == id && row.Tenant == tenant).ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.DisabledReason, (string?)null)
            .SetProperty(entry => entry.FailingSince, (DateTimeOffset?)null), cancellationToken);
        return await FindAsync(tenant, id, cancellationToken);
    }

    /// <summary>Disables it and tells the others, both or neither.</summary>
    /// <returns>Whether this call has disabled it.</returns>
    public Task<bool> DisableAsync(string id, string reason, TenantEvent told, CancellationToken cancellationToken) =>
        contexts.TransactAsync(async (context, token) =>
        {
            var disabled = await context.Endpoints.Where(row => row.Id == id && row.DisabledReason == null)
                .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.DisabledReason, reason), token);
            await CancelAsync(context, id, token);
            if (disabled > 0)
                await recorder.RecordAsync(context, told, token);
            return disabled > 0;
        }, cancellationToken);

    /// <returns>Since when nothing has arrived there; null where it is unknown or something just has.</returns>
    public async Task<DateTimeOffset?> NoteAsync(string id, bool arrived, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var endpoint = context.Endpoints.Where(row => row.Id == id);
        if (arrived)
            await endpoint.Where(row => row.FailingSince != null)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(entry => entry.FailingSince, (DateTimeOffset?)null), cancellationToken);
        else
            await endpoint.Where(row => row.FailingSince == null)
                .ExecuteUpdateAsync(row => row.SetProperty(entry => entry.FailingSince, time.GetUtcNow()), cancellationToken);
        return await endpoint.Select(row => row.FailingSince).FirstOrDefaultAsync(cancellationToken);
    }

    static Task CancelAsync(WebhooksContext context, string endpoint, CancellationToken cancellationToken) => context.Deliveries
        .Where(row => row.Endpoint == endpoint && row.Status == DeliveryStatus.Pending)
        .ExecuteUpdateAsync(row => row
            .SetProperty(entry => entry.Status, DeliveryStatus.Cancelled)
            .SetProperty(entry => entry.NextAttemptAt, (DateTimeOffset?)null), cancellationToken);

    static WebhookEndpoint Describe(EndpointEntry entry) => new(entry.Id, entry.Url,
        entry.Events.Split(',', StringSplitOptions.RemoveEmptyEntries), entry.Description, entry.DisabledReason, entry.CreatedAt);
}
