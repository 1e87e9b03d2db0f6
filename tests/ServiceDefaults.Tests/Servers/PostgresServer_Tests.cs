using Npgsql;
using RdmCloud.Servers;

namespace RdmCloud.ServiceDefaults.Servers;

public class PostgresServer_Tests(PostgresServer server) : IClassFixture<PostgresServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_KeepsPortAndData()
    {
        var database = await server.CreateDatabaseAsync("kept", Cancellation);
        await ExecuteAsync(database, "create table pictures as select 7 as number");
        await server.RestartAsync();
        Assert.Equal(7, await ExecuteAsync(database, "select number from pictures"));
    }

    [Fact]
    public async Task KilledServer_StartsAgainWithWhatWasCommitted()
    {
        var database = await server.CreateDatabaseAsync("survives", Cancellation);
        await ExecuteAsync(database, "create table pictures as select 8 as number");
        await server.KillAsync();
        await server.StartAsync();
        Assert.Equal(8, await ExecuteAsync(database, "select number from pictures"));
    }

    static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
