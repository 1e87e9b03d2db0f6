using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.ServiceDefaults.Databases;
using RdmCloud.Webhooks.Tables;

namespace RdmCloud.Webhooks.Support;

/// <summary>The service's tables in PostgreSQL, with nobody at work on them.</summary>
static class WebhookTables
{
    public static async Task<IDbContextFactory<WebhooksContext>> CreateAsync(
        string connection, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Database:PostgreSql", connection)]);
        builder.AddDatabase<WebhooksContext>("webhooks");
        var contexts = builder.Build().Services.GetRequiredService<IDbContextFactory<WebhooksContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        return contexts;
    }

    /// <summary>Deliveries that are due, of one event.</summary>
    public static async Task FillAsync(
        this IDbContextFactory<WebhooksContext> contexts, int deliveries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Events.Add(new() { Tenant = "acme", Id = "evt_1", Type = "job.completed", Body = "{}", RecordedAt = now });
        context.Deliveries.AddRange(Enumerable.Range(0, deliveries).Select(i => new DeliveryEntry
        {
            Id = $"whd_{i:d6}",
            Tenant = "acme",
            Event = "evt_1",
            Type = "job.completed",
            Url = $"https://host-{i}.example.org/",
            Host = $"host-{i}.example.org",
            Target = $"https://host-{i}.example.org/",
            CreatedAt = now,
            NextAttemptAt = now.AddMilliseconds(i - deliveries),
        }));
        await context.SaveChangesAsync(cancellationToken);
    }
}
