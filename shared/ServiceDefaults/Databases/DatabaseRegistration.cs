using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RdmCloud.ServiceDefaults.Databases;

public static class DatabaseRegistration
{
    /// <summary>
    /// A factory of a service's contexts, whose tables are brought up to date before anything else starts: call it before AddBus.
    /// </summary>
    /// <param name="name">Names the SQLite file, and on PostgreSQL the table of what was migrated.</param>
    public static IHostApplicationBuilder AddDatabase<TContext>(this IHostApplicationBuilder builder, string name)
        where TContext : ServiceContext
    {
        builder.Services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddPooledDbContextFactory<TContext>((services, context) =>
        {
            var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            if (options.PostgreSql is { } connection)
                context.AddInterceptors(SkipLocked.Instance)
                    .UseNpgsql(connection, postgres =>
                        postgres.MigrationsHistoryTable($"{name}_migrations").EnableRetryOnFailure());
            else
                context.UseSqlite($"Data Source={Path.Combine(options.Folder, name)}.db;Default Timeout=30")
                    .AddInterceptors(SqlitePragmas.Instance);
        });
        builder.Services.AddHostedService<Migrator<TContext>>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck<TContext>>($"{name}-database", tags: ["ready"]);
        return builder;
    }
}
