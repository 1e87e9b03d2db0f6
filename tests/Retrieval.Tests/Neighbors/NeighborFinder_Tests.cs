using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Support;
using static RdmCloud.Retrieval.Support.Sources;

namespace RdmCloud.Retrieval.Neighbors;

public class NeighborFinder_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbors_AreDividedByWeightAndSayWhereTheyComeFrom()
    {
        await using var host = await RetrievalHost.StartAsync();
        var cats = await host.FillAsync(
            Acme, "cats", Visibility.Private, [.. Enumerable.Range(0, 9).Select(i => ($"cat-{i}.png", 10.0 * i))]);
        var dogs = await host.FillAsync(
            Acme, "dogs", Visibility.Private, [.. Enumerable.Range(0, 9).Select(i => ($"dog-{i}.png", 5.0 + 10 * i))]);
        var found = await host.Databases.SearchAsync(Acme, Near(0, 4, (cats, 3), (dogs, 1)), Cancel);
        Assert.Equal(["cat-0.png", "dog-0.png", "cat-1.png", "cat-2.png"], found.Select(neighbor => neighbor.Image));
        Assert.Equal((cats.Id, cats.Version, 0.75, "Ann", "MIT", "https://example.com/cat-1.png"),
            (found[2].Database, found[2].Version, found[2].Weight, found[2].Author, found[2].License, found[2].Source));
        Assert.Equal(Math.Cos(10 * Math.PI / 180), found[2].Score, 1e-3);
        Assert.Equal(ScriptedEmbedding.Direction(10)[0], PackedEmbedding.Unpack(found[2].Embedding)[0], 1e-3);
    }

    [Fact]
    public async Task PinnedAndExcludedImages_AreSo()
    {
        await using var host = await RetrievalHost.StartAsync();
        var cats = await host.FillAsync(
            Acme, "cats", Visibility.Private, [.. Enumerable.Range(0, 9).Select(i => ($"{i}.png", 10.0 * i))]);
        var search = Near(0, 3, (cats, 1)) with { Pinned = ["8.png"], Excluded = ["0.png"] };
        var found = await host.Databases.SearchAsync(Acme, search, Cancel);
        Assert.Equal(["8.png", "1.png", "2.png"], found.Select(neighbor => neighbor.Image));
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            host.Databases.SearchAsync(Acme, search with { Pinned = ["none.png"] }, Cancel));
        Assert.Contains("'none.png' is pinned, but none of the databases", refused.Message);
    }

    [Fact]
    public async Task DeletedImage_HasNoInfluenceFromTheNextVersionOn_APurgedOneNoneAtAll()
    {
        await using var host = await RetrievalHost.StartAsync();
        var before = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0), ("b.png", 10), ("c.png", 20));
        Assert.Equal(before.Version + 1, await host.Databases.DeleteImageAsync(Acme, before.Id, "a.png", purge: false, Cancel));
        var after = (await host.Databases.FindAsync(Acme, before.Id, Cancel))!;
        Assert.Equal("b.png", (await host.Databases.SearchAsync(Acme, Near(0, 1, (after, 1)), Cancel))[0].Image);
        Assert.Equal("a.png", (await host.Databases.SearchAsync(Acme, Near(0, 1, (before, 1)), Cancel))[0].Image);
        Assert.Null(await host.Databases.FindImageAsync(Acme, before.Id, "a.png", Cancel));
        Assert.Null(await host.Databases.DeleteImageAsync(Acme, before.Id, "a.png", purge: false, Cancel));

        Assert.NotNull(await host.Databases.DeleteImageAsync(Acme, before.Id, "a.png", purge: true, Cancel));
        Assert.Equal("b.png", (await host.Databases.SearchAsync(Acme, Near(0, 1, (before, 1)), Cancel))[0].Image);
        var listed = await host.Databases.ListImagesAsync(Acme, before.Id, before.Version, null, 10, Cancel);
        Assert.Equal(["b.png", "c.png"], listed!.Items.Select(image => image.Id));
    }

    [Fact]
    public async Task NoNeighborsWanted_AreNone()
    {
        await using var host = await RetrievalHost.StartAsync();
        var cats = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0));
        Assert.Empty(await host.Databases.SearchAsync(Acme, Near(0, 0, (cats, 1)), Cancel));
        Assert.Empty(await host.Databases.SearchAsync(Acme, Near(0, 4), Cancel));
    }
}
