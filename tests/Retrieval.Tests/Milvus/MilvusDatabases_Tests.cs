using Microsoft.Extensions.Diagnostics.HealthChecks;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Support;
using RdmCloud.Servers;
using static RdmCloud.Retrieval.Support.Sources;

[assembly: AssemblyFixture(typeof(MilvusServer))]

namespace RdmCloud.Retrieval.Milvus;

[Trait("Category", "Infrastructure")]
public class MilvusDatabases_Tests(MilvusServer milvus)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_IsImportedSearchedAndDeleted_AndKnownToOtherProcesses()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-milvus-").FullName;
        try
        {
            await using var host = await StartAsync(folder);
            var database = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0), ("b.png", 40), ("c.png", 80));
            Assert.Equal((1, 3), (database.Version, database.Images));
            Assert.Equal(["b.png", "c.png"], await FindAsync(host, Near(50, 2, (database, 1))));

            await using var other = await StartAsync(folder); // the same tables
            Assert.Equal(["b.png", "c.png"], await FindAsync(other, Near(50, 2, (database, 1))));
            Assert.Equal(2, await other.Databases.DeleteImageAsync(Acme, database.Id, "b.png", purge: false, Cancel));
            var now = (await host.Databases.FindAsync(Acme, database.Id, Cancel))!;
            Assert.Equal((2, 2), (now.Version, now.Images));
            Assert.Equal(["c.png", "a.png"], await FindAsync(host, Near(50, 2, (now, 1))));
            Assert.Equal(["b.png", "c.png"], await FindAsync(host, Near(50, 2, (database, 1)))); // as it was
            Assert.Equal("image/png", (await host.Databases.FindThumbnailAsync(Acme, database.Id, "a.png", Cancel))!.ContentType);

            Assert.True(await host.Databases.DeleteAsync(Acme, database.Id, Cancel));
            Assert.Null(await other.Databases.FindAsync(Acme, database.Id, Cancel));
            Assert.Empty(await host.Objects.ListAsync("databases/", Cancel).ToListAsync(Cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task ServiceWithoutItsMilvus_IsNotReady()
    {
        await using var host = await RetrievalHost.StartAsync(
            null, ("Milvus:Address", LoopbackPort.Http(LoopbackPort.Free()).ToString()));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));
        await using var ready = await RetrievalHost.StartAsync(
            null, ("Milvus:Address", (await milvus.AddressAsync()).ToString()));
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(ready));
    }

    async Task<RetrievalHost> StartAsync(string folder) =>
        await RetrievalHost.StartAsync(folder, ("Milvus:Address", (await milvus.AddressAsync()).ToString()));

    static async Task<IEnumerable<string>> FindAsync(RetrievalHost host, NeighborSearch search) =>
        (await host.Databases.SearchAsync(Acme, search, Cancel)).Select(found => found.Image);

    static async Task<HealthStatus> HealthAsync(RetrievalHost host) =>
        (await host.Get<HealthCheckService>().CheckHealthAsync(check => check.Name == "milvus", Cancel)).Status;
}
