using Microsoft.EntityFrameworkCore;
using RdmCloud.ServiceDefaults.Databases;

namespace RdmCloud.Webhooks.Tables;

/// <summary>The webhook service's tables.</summary>
sealed class WebhooksContext(DbContextOptions<WebhooksContext> options) : ServiceContext(options)
{
    public DbSet<EndpointEntry> Endpoints => Set<EndpointEntry>();

    public DbSet<SecretEntry> Secrets => Set<SecretEntry>();

    public DbSet<EventEntry> Events => Set<EventEntry>();

    public DbSet<DeliveryEntry> Deliveries => Set<DeliveryEntry>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<EndpointEntry>().ToTable("webhook_endpoints").HasIndex(endpoint => endpoint.Tenant);
        model.Entity<SecretEntry>().ToTable("webhook_secrets").HasKey(secret => new { secret.Tenant, secret.Endpoint });
        model.Entity<EventEntry>(happened =>
        {
            happened.ToTable("webhook_events").HasKey(row => new { row.Tenant, row.Id });
            happened.HasIndex(row => row.RecordedAt);
        });
        model.Entity<DeliveryEntry>(delivery =>
        {
            delivery.ToTable("webhook_deliveries");
            delivery.HasOne<EventEntry>().WithMany().HasForeignKey(row => new { row.Tenant, row.Event }); // deleted with it
            delivery.HasIndex(row => new { row.Tenant, row.Event, row.Target }).IsUnique();
            delivery.HasIndex(row => new { row.Status, row.NextAttemptAt }); // the worker's
            delivery.HasIndex(row => new { row.Tenant, row.Id });
            delivery.HasIndex(row => row.Endpoint);
        });
    }
}
