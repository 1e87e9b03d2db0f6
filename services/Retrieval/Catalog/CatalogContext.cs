using Microsoft.EntityFrameworkCore;
using RdmCloud.Retrieval.Imports;
using RdmCloud.Retrieval.Milvus;
using RdmCloud.ServiceDefaults.Databases;

namespace RdmCloud.Retrieval.Catalog;

/// <summary>The retrieval service's tables.</summary>
sealed class CatalogContext(DbContextOptions<CatalogContext> options) : ServiceContext(options)
{
    public DbSet<DatabaseEntry> Databases => Set<DatabaseEntry>();

    public DbSet<ImportEntry> Imports => Set<ImportEntry>();

    public DbSet<ImportBatch> Batches => Set<ImportBatch>();

    public DbSet<HistoryEntry> Histories => Set<HistoryEntry>();

    public DbSet<VersionEntry> Versions => Set<VersionEntry>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<DatabaseEntry>().ToTable("databases")
            .HasIndex(database => new { database.Tenant, database.Name }).IsUnique();
        model.Entity<ImportEntry>(import =>
        {
            import.ToTable("imports").HasIndex(row => new { row.Database, row.Id });
            import.HasMany<ImportBatch>().WithOne().HasForeignKey(batch => batch.Import);
            import.HasOne<DatabaseEntry>().WithMany().HasForeignKey(row => row.Database); // deleted with it
        });
        model.Entity<HistoryEntry>().ToTable("database_histories").HasKey(history => history.Database);
        model.Entity<VersionEntry>().ToTable("database_versions").HasKey(version => new { version.Database, version.Version });
        model.Entity<ImportBatch>().ToTable("import_batches").HasKey(batch => new { batch.Import, batch.Batch });
    }
}
