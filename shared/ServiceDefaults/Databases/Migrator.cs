using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>Brings a service's tables up to date while everything else waits.</summary>
sealed class Migrator<TContext>(IDbContextFactory<TContext> contexts, IOptions<DatabaseOptions> options) : IHostedService
    where TContext : ServiceContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.PostgreSql is null)
            Directory.CreateDirectory(options.Value.Folder);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
