using Microsoft.EntityFrameworkCore;
using RdmCloud.ServiceDefaults.Databases;

namespace RdmCloud.Gateway.Ledger;

/// <summary>The gateway's tables.</summary>
public sealed class LedgerContext(DbContextOptions<LedgerContext> options) : ServiceContext(options)
{
    public DbSet<Job> Jobs => Set<Job>();

    public DbSet<JobEvent> Events => Set<JobEvent>();

    public DbSet<JobTag> Tags => Set<JobTag>();

    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();

    public DbSet<Tenant> Tenants => Set<Tenant>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<IdempotencyRecord> Idempotency => Set<IdempotencyRecord>();

    public DbSet<Upload> Uploads => Set<Upload>();

    public DbSet<KnownModel> Models => Set<KnownModel>();

    public DbSet<RetrievalUse> Retrievals => Set<RetrievalUse>();

    public DbSet<Lease> Leases => Set<Lease>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Job>(job =>
        {
            job.ToTable("jobs");
            job.Property(row => row.Version).IsConcurrencyToken();
            job.HasMany(row => row.Events).WithOne().HasForeignKey(happened => happened.Job);
            job.HasMany(row => row.Tags).WithOne().HasForeignKey(tag => tag.Job);
            job.HasIndex(row => new { row.Tenant, row.CreatedAt });
            job.HasIndex(row => new { row.Status, row.Model, row.Tenant, row.Priority, row.CreatedAt }); // the dispatcher's
            job.HasIndex(row => new { row.Status, row.HeardBy });
            job.HasIndex(row => new { row.ResultsDeleted, row.ExpiresAt });
            job.Ignore(row => row.Reference).Ignore(row => row.IsOver);
        });
        model.Entity<JobEvent>().ToTable("job_events").HasKey(happened => new { happened.Job, happened.Sequence });
        model.Entity<JobTag>(tag =>
        {
            tag.ToTable("job_tags").HasKey(row => new { row.Job, row.Name, row.Value });
            tag.HasIndex(row => new { row.Name, row.Value });
        });
        model.Entity<OutboxEntry>().ToTable("outbox").HasKey(entry => new { entry.Job, entry.Sequence });
        model.Entity<Tenant>().ToTable("tenants");
        model.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasIndex(row => row.Hash).IsUnique();
            key.HasIndex(row => row.Tenant);
        });
        model.Entity<IdempotencyRecord>().ToTable("idempotency").HasKey(record => new { record.Tenant, record.Key });
        model.Entity<Upload>().ToTable("uploads").HasIndex(upload => upload.ExpiresAt);
        model.Entity<KnownModel>().ToTable("models").HasKey(row => row.Name);
        model.Entity<RetrievalUse>().ToTable("retrieval_uses").HasIndex(use => new { use.Tenant, use.At });
        model.Entity<Lease>().ToTable("leases").HasKey(lease => lease.Name);
    }
}
