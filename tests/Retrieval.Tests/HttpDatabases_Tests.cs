using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Support;
using RdmCloud.Servers;
using static RdmCloud.Retrieval.Support.Sources;

namespace RdmCloud.Retrieval;

/// <summary>Another process sees what this one sees.</summary>
public class HttpDatabases_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAnswer_IsTheSameOverHttp()
    {
        await using var host = await RetrievalHost.StartAsync();
        var (near, far) = (host.Databases, host.Remote());
        var made = await far.CreateAsync(Acme, New("cats", Visibility.Public), Cancel);
        var taken = await Assert.ThrowsAsync<RefusedException>(() => far.CreateAsync(Acme, New("cats"), Cancel));
        Assert.Equal("name", taken.Field);
        await host.PutAsync("tenants/acme/imports/imp_1/archive.zip", Zip(("a b/ü#?.png", 0), ("b.png", 10)));
        Assert.Equal(ImportStatus.Queued, (await far.ImportAsync(
            Acme, made.Id, "imp_1", new(ImportKind.Zip, ["tenants/acme/imports/imp_1/archive.zip"], "tiny"), Cancel))!.Status);
        await host.HearAsync<ImportEnded>();
        var filled = (await near.FindAsync(Acme, made.Id, Cancel))!;
        await AssertSameAsync(databases => databases.FindAsync(Acme, made.Id, Cancel));
        await AssertSameAsync(databases => databases.FindAsync(Rival, made.Id, Cancel));
        await AssertSameAsync(databases => databases.FindAsync(Acme, "none", Cancel));
        await AssertSameAsync(databases => databases.ListAsync(Acme, null, 1, Cancel));
        await AssertSameAsync(databases => databases.ListAsync(Acme, "a cursor & more", 1, Cancel));
        await AssertSameAsync(databases => databases.VersionsAsync(Acme, made.Id, Cancel));
        await AssertSameAsync(databases => databases.VersionsAsync(Acme, "none", Cancel));
        await AssertSameAsync(databases => databases.FindImportAsync(Acme, made.Id, "none", Cancel));
        await AssertSameAsync(databases => databases.ListImportsAsync(Rival, made.Id, null, 5, Cancel));
        await AssertSameAsync(databases => databases.ListImagesAsync(Acme, made.Id, null, null, 1, Cancel));
        await AssertSameAsync(databases => databases.ListImagesAsync(Acme, made.Id, 99, null, 1, Cancel));
        await AssertSameAsync(databases => databases.FindImageAsync(Rival, made.Id, "a b/ü#?.png", Cancel));
        await AssertSameAsync(databases => databases.FindThumbnailAsync(Rival, made.Id, "a b/ü#?.png", Cancel));
        await AssertSameAsync(databases => databases.FindImageAsync(Rival, made.Id, "none", Cancel));
        await AssertSameAsync(databases => databases.SearchAsync(Rival, Near(9, 2, (filled, 1)), Cancel));
        await AssertSameAsync(databases => databases.UsageAsync(Acme, Cancel));
        Assert.Equal("ü#?.png", Path.GetFileName((await far.FindImageAsync(Rival, made.Id, "a b/ü#?.png", Cancel))!.Id));
        Assert.Equal("databases", (await Assert.ThrowsAsync<RefusedException>(() =>
            far.SearchAsync(Acme, Near(0, 1, (filled with { Id = "none" }, 1)), Cancel))).Field);
        Assert.Equal(filled.Version + 1, await far.DeleteImageAsync(Acme, made.Id, "a b/ü#?.png", purge: false, Cancel));
        Assert.Null(await far.DeleteImageAsync(Rival, made.Id, "b.png", purge: true, Cancel));
        Assert.False(await far.DeleteAsync(Rival, made.Id, Cancel));
        Assert.True(await far.DeleteAsync(Acme, made.Id, Cancel));

        async Task AssertSameAsync<T>(Func<IDatabases, Task<T>> ask) =>
            Assert.Equivalent(await ask(near), await ask(far), strict: true);
    }

    [Fact]
    public async Task Tables_MayLieInPostgreSql()
    {
        var connection = await postgres.CreateDatabaseAsync("retrieval", Cancel);
        await using var host = await RetrievalHost.StartAsync(folder: null, ("Database:PostgreSql", connection));
        var cats = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0), ("bad.png", 0));
        Assert.Equal(1, cats.Images);
        Assert.Single((await host.Databases.ListAsync(Acme, null, 10, Cancel)).Items);
        Assert.Single((await host.Databases.ListImportsAsync(Acme, cats.Id, "x", 10, Cancel))!.Items);
        Assert.True(await host.Databases.DeleteAsync(Acme, cats.Id, Cancel));
    }
}
