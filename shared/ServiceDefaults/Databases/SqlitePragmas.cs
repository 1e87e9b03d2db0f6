using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>
/// A write-ahead log, so that readers do not wait for writers, and safe against a killed process, though not a power cut. Writers
/// wait for each other inside SQLite, which looks again after a millisecond; its .NET library would sleep for 150.
/// </summary>
sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 30000;";
        return command;
    }
}
