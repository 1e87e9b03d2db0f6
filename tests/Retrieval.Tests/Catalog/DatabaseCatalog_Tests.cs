using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Support;
using RdmCloud.VectorStore.Embedded;
using static RdmCloud.Retrieval.Support.Sources;

namespace RdmCloud.Retrieval.Catalog;

public class DatabaseCatalog_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_IsFoundAsItWasMadeAndGoesWithAllThatItHeld()
    {
        await using var host = await RetrievalHost.StartAsync();
        var made = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        Assert.Equal((Acme, "cats", "A title", "clip-a", 4, 0, 0),
            (made.Tenant, made.Name, made.Title, made.EmbeddingSpace, made.Dimension, made.Version, made.Images));
        Assert.Equal(made, await host.Databases.FindAsync(Acme, made.Id, Cancel));
        Assert.True(await host.Databases.DeleteAsync(Acme, made.Id, Cancel));
        Assert.Null(await host.Databases.FindAsync(Acme, made.Id, Cancel));
        Assert.False(await host.Databases.DeleteAsync(Acme, made.Id, Cancel));
        Assert.Equal("cats", (await host.Databases.CreateAsync(Acme, New("cats"), Cancel)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Cats")]
    [InlineData("-cats")]
    [InlineData("../cats")]
    [InlineData("cats\n")]
    public async Task NameThatIsNone_IsRefused(string name)
    {
        await using var host = await RetrievalHost.StartAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Databases.CreateAsync(Acme, New(name), Cancel));
        Assert.Equal("name", refused.Field);
    }

    [Fact]
    public async Task Name_IsTakenForItsTenantAlone_WhoeverIsQuicker()
    {
        await using var host = await RetrievalHost.StartAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            try
            {
                return await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
            }
            catch (RefusedException refused) when (refused.Field == "name")
            {
                return null;
            }
        }));
        Assert.Single(made, database => database is not null);
        Assert.NotNull(await host.Databases.CreateAsync(Rival, New("cats"), Cancel));
        Assert.Equal(new(1, 0), await host.Databases.UsageAsync(Acme, Cancel));
    }

    [Fact]
    public async Task PrivateDatabase_DoesNotExistForAnotherTenant()
    {
        await using var host = await RetrievalHost.StartAsync();
        var secret = await host.FillAsync(Acme, "secret", Visibility.Private, ("a.png", 0));
        var (databases, id) = (host.Databases, secret.Id);
        Assert.Null(await databases.FindAsync(Rival, id, Cancel));
        Assert.Empty((await databases.ListAsync(Rival, null, 10, Cancel)).Items);
        Assert.Null(await databases.VersionsAsync(Rival, id, Cancel));
        Assert.Null(await databases.ListImagesAsync(Rival, id, null, null, 10, Cancel));
        Assert.Null(await databases.FindImageAsync(Rival, id, "a.png", Cancel));
        Assert.Null(await databases.FindThumbnailAsync(Rival, id, "a.png", Cancel));
        Assert.Null(await databases.ListImportsAsync(Rival, id, null, 10, Cancel));
        Assert.Equal(new(0, 0), await databases.UsageAsync(Rival, Cancel));
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            databases.SearchAsync(Rival, Near(0, 1, (secret, 1)), Cancel));
        var nowhere = await Assert.ThrowsAsync<RefusedException>(() =>
            databases.SearchAsync(Rival, Near(0, 1, (secret with { Id = "db_none" }, 1)), Cancel));
        Assert.Equal(nowhere.Message.Replace("db_none", id), refused.Message);
        await IsNotChangedByAsync(Rival, host, id);
    }

    [Fact]
    public async Task PublicDatabase_IsEveryonesToSearchAndItsOwnersToChange()
    {
        await using var host = await RetrievalHost.StartAsync();
        var shown = await host.FillAsync(Acme, "shown", Visibility.Public, ("a.png", 0));
        Assert.Equal(shown with { Tenant = null }, await host.Databases.FindAsync(Rival, shown.Id, Cancel));
        Assert.Single(await host.Databases.SearchAsync(Rival, Near(0, 1, (shown, 1)), Cancel));
        await IsNotChangedByAsync(Rival, host, shown.Id);
    }

    [Fact]
    public async Task DatabaseOfTheInstallation_IsEveryonesToSearchAndNobodysToChange()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-retrieval-");
        using (EmbeddedIndex.Create(Path.Combine(folder.FullName, "public", "style"), new()
        {
            Name = "style",
            EmbeddingSpace = "clip-a",
            Dimension = 4,
            Created = DateTimeOffset.UnixEpoch,
        }))
            Directory.CreateDirectory(Path.Combine(folder.FullName, "public", "damaged"));
        await using (var host = await RetrievalHost.StartAsync(folder.FullName))
        {
            Assert.Equal((null, "style", Visibility.Public), await host.Databases.FindAsync(Acme, "style", Cancel) is { } found
                ? (found.Tenant, found.Id, found.Visibility)
                : default);
            Assert.Null(await host.Databases.FindAsync(Acme, "damaged", Cancel));
            await IsNotChangedByAsync(Acme, host, "style");
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Pages_HoldEachDatabaseOnce_TheInstallationsFirst()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-retrieval-");
        foreach (var name in new[] { "x", "y", "z" })
            EmbeddedIndex.Create(Path.Combine(folder.FullName, "public", name),
                new() { Name = name, EmbeddingSpace = "clip-a", Dimension = 4, Created = DateTimeOffset.UnixEpoch }).Dispose();
        await using (var host = await RetrievalHost.StartAsync(folder.FullName))
        {
            var own = new List<string>();
            for (var i = 0; i < 4; i++)
                own.Add((await host.Databases.CreateAsync(Acme, New($"own-{i}"), Cancel)).Id);
            await host.Databases.CreateAsync(Rival, New("hidden"), Cancel);
            foreach (var limit in new[] { 1, 2, 3, 5, 7, 100 })
            {
                var (listed, cursor) = (new List<string>(), (string?)null);
                do
                {
                    var page = await host.Databases.ListAsync(Acme, cursor, limit, Cancel);
                    Assert.InRange(page.Items.Count, 1, limit);
                    listed.AddRange(page.Items.Select(database => database.Id));
                    cursor = page.Next;
                }
                while (cursor is not null);
                Assert.Equal(["x", "y", "z", .. own.Order(StringComparer.Ordinal)], listed);
            }
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Restart_ForgetsNothing()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-retrieval-");
        Database made;
        await using (var host = await RetrievalHost.StartAsync(folder.FullName))
            made = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0), ("b.png", 90));
        await using (var host = await RetrievalHost.StartAsync(folder.FullName))
        {
            Assert.Equal(made, await host.Databases.FindAsync(Acme, made.Id, Cancel));
            Assert.Equal("b.png", Assert.Single(await host.Databases.SearchAsync(Acme, Near(80, 1, (made, 1)), Cancel)).Image);
        }
        folder.Delete(recursive: true);
    }

    static async Task IsNotChangedByAsync(string tenant, RetrievalHost host, string database)
    {
        var source = new ImportSource(ImportKind.Prefix, ["tenants/acme/files/"], "tiny");
        Assert.Null(await host.Databases.ImportAsync(tenant, database, "imp_1", source, Cancel));
        Assert.Null(await host.Databases.DeleteImageAsync(tenant, database, "a.png", purge: true, Cancel));
        Assert.False(await host.Databases.DeleteAsync(tenant, database, Cancel));
    }
}
