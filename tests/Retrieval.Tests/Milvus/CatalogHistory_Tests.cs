using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Support;
using RdmCloud.Servers;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Milvus;

namespace RdmCloud.Retrieval.Milvus;

public abstract class CatalogHistory_Tests : IAsyncLifetime
{
    readonly FakeTimeProvider time = new();
    readonly Guid one = Guid.NewGuid(), other = Guid.NewGuid();
    RetrievalHost? host;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatIsCommitted_IsReadByEveryProcess()
    {
        var (writer, reader) = (History(), History());
        var begun = (await writer.BeginAsync(one, Cancel))!;
        Assert.Equal((0, 0, false), (begun.Version, begun.NextRow, begun.IsUnclean));
        var first = Next(begun, added: 3, removed: 0);
        await writer.CommitAsync(one, first, Cancel);
        Assert.Equivalent(first, await reader.ReadAsync(DatabaseState.Empty, Cancel), strict: true);
        Assert.Same(first, await reader.ReadAsync(first, Cancel));

        var again = await reader.BeginAsync(other, Cancel);
        var second = Next(again!, added: 1, removed: 2) with { Collection = "own", MovedAt = time.GetUtcNow() };
        await reader.CommitAsync(other, second, Cancel);
        Assert.Equivalent(second, await writer.ReadAsync(first, Cancel), strict: true);
        Assert.Same(DatabaseState.Empty, await History("another").ReadAsync(DatabaseState.Empty, Cancel));
    }

    [Fact]
    public async Task OneWriterAtATime()
    {
        var (first, second) = (History(), History());
        await first.BeginAsync(one, Cancel);
        Assert.Null(await second.BeginAsync(other, Cancel));
        await first.AbandonAsync(one);
        Assert.True((await second.BeginAsync(other, Cancel))!.IsUnclean);
        Assert.NotNull(await History("another").BeginAsync(one, Cancel));
    }

    [Fact]
    public async Task WriterThatIsNotHeardOf_LosesItsTurn()
    {
        var (dead, living) = (History(), History());
        var begun = (await dead.BeginAsync(one, Cancel))!;
        time.Advance(IDatabaseHistory.Lease * 0.9);
        await dead.RenewAsync(one, Cancel);
        time.Advance(IDatabaseHistory.Lease * 0.9);
        Assert.Null(await living.BeginAsync(other, Cancel));
        time.Advance(IDatabaseHistory.Lease * 0.2);
        Assert.True((await living.BeginAsync(other, Cancel))!.IsUnclean);

        await Assert.ThrowsAsync<DatabaseException>(() => dead.RenewAsync(one, Cancel));
        await Assert.ThrowsAsync<DatabaseException>(() => dead.CommitAsync(one, Next(begun, 1, 0), Cancel));
        await dead.AbandonAsync(one);
        await living.CommitAsync(other, Next(begun, 2, 0), Cancel);
        Assert.Equal(2, (await dead.ReadAsync(DatabaseState.Empty, Cancel)).Count);
    }

    [Fact]
    public async Task ManyWriters_TakeTurns()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var (history, writer) = (History(), Guid.NewGuid());
            for (var change = 0; change < 5; change++)
            {
                DatabaseState? begun;
                while ((begun = await history.BeginAsync(writer, Cancel)) is null)
                    await Task.Yield();
                await history.CommitAsync(writer, Next(begun, 1, 0), Cancel);
            }
        }));
        var state = await History().ReadAsync(DatabaseState.Empty, Cancel);
        Assert.Equal((40, 40, 40), (state.Version, state.Count, state.NextRow));
    }

    public async ValueTask InitializeAsync() => host = await RetrievalHost.StartAsync(null, await SettingsAsync());

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
            await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(string, string?)[]> SettingsAsync();

    CatalogHistory History(string database = "db") => new(host!.Get<IDbContextFactory<CatalogContext>>(), database, time);

    DatabaseState Next(DatabaseState before, long added, long removed) => before with
    {
        Revision = before.Revision + 1,
        NextRow = before.NextRow + added,
        Timestamp = ulong.MaxValue - 1,
        IsUnclean = false,
        Versions = [.. before.Versions, new(before.Version + 1, time.GetUtcNow(), added, removed)],
    };
}

public sealed class CatalogHistoryInSqlite_Tests : CatalogHistory_Tests
{
    protected override Task<(string, string?)[]> SettingsAsync() => Task.FromResult<(string, string?)[]>([]);
}

[Trait("Category", "Infrastructure")]
public sealed class CatalogHistoryInPostgres_Tests(PostgresServer postgres) : CatalogHistory_Tests, IClassFixture<PostgresServer>
{
    protected override async Task<(string, string?)[]> SettingsAsync() =>
        [("Database:PostgreSql", await postgres.CreateDatabaseAsync("history", TestContext.Current.CancellationToken))];
}
