using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ServiceDefaults.Databases;

namespace RdmCloud.Gateway.Support;

/// <summary>The ledger's tables in PostgreSQL, with nobody at work on them.</summary>
static class LedgerTables
{
    public static async Task<IDbContextFactory<LedgerContext>> CreateAsync(string connection, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Database:PostgreSql", connection)]);
        builder.AddDatabase<LedgerContext>("gateway");
        var contexts = builder.Build().Services.GetRequiredService<IDbContextFactory<LedgerContext>>();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
        return contexts;
    }
}
