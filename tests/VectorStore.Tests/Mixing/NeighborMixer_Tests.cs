using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Mixing;

public sealed class NeighborMixer_Tests : IDisposable
{
    static readonly float[] Query = [1, 0];

    readonly TemporaryFolder folder = new();
    readonly List<EmbeddedIndex> opened = [];

    [Fact]
    public async Task OneDatabase_GivesItsPlainSearchPatchesAndAll()
    {
        var index = await DatabaseAsync("a", Patch("1", 1, 0), Patch("1", 2, 1), Patch("2", 3, 2), Patch("1", 4, 3));
        var plain = await index.SearchAsync(Query, 3);
        Assert.Equal(["1", "1", "2"], plain.Select(neighbor => neighbor.Provenance.ImageId));
        Assert.Equal(
            plain.Select(neighbor => neighbor.Row),
            (await MixAsync([new(index)], 3)).Select(mixed => mixed.Neighbor.Row));
    }

    [Fact]
    public async Task Weights_DivideKAndTheBestComesFirst()
    {
        var a = await DatabaseAsync("a", [.. Enumerable.Range(0, 20).Select(i => Patch($"a{i}", i, 2 * i))]);
        var b = await DatabaseAsync("b", [.. Enumerable.Range(0, 20).Select(i => Patch($"b{i}", i, 2 * i + 1))]);
        var mixed = await MixAsync([new(a, 0.75), new(b, 0.25)], 8);
        Assert.Equal(["a0", "b0", "a1", "b1", "a2", "a3", "a4", "a5"], mixed.Select(item => item.Neighbor.Provenance.ImageId));
        Assert.Equal(6, mixed.Count(item => item.Index == a));
    }

    [Fact]
    public async Task EachDatabase_IsSearchedAtItsOwnVersion()
    {
        var a = await DatabaseAsync("a", Patch("a0", 0, 0), Patch("a1", 0, 1));
        var b = await DatabaseAsync("b", Patch("b0", 0, 2), Patch("b1", 0, 3));
        await a.RemoveAsync("a0");
        await b.RemoveAsync("b0");
        var mixed = await MixAsync([new(a, Version: 1), new(b)], 2);
        Assert.Equal(["a0", "b1"], mixed.Select(item => item.Neighbor.Provenance.ImageId));
        mixed = await MixAsync([new(a), new(b, Version: 1)], 2, pinned: ["b0"]);
        Assert.Equal(["b0", "a1"], mixed.Select(item => item.Neighbor.Provenance.ImageId));
    }

    [Fact]
    public async Task ImageOfTwoDatabases_IsTakenOnceAndItsPlaceGoesToTheNext()
    {
        var a = await DatabaseAsync("a", Patch("x", 0, 0), Patch("y", 0, 1), Patch("a", 0, 5));
        var b = await DatabaseAsync(
            "b", Patch("x", 0, 0), Patch("y", 0, 1), Patch("b", 0, 2), Patch("b", 0, 2), Patch("c", 0, 3));
        var mixed = await MixAsync([new(a), new(b)], 4);
        Assert.Equal(["x", "y", "b", "c"], mixed.Select(item => item.Neighbor.Provenance.ImageId));
        Assert.Equal([a, a, b, b], mixed.Select(item => item.Index));
    }

    [Fact]
    public async Task PinnedImages_ComeFirstInTheirOrderAndExcludedNever()
    {
        var a = await DatabaseAsync("a", Patch("1", 0, 0), Patch("2", 0, 1), Patch("far", 0, 40), Patch("far", 1, 50));
        var b = await DatabaseAsync("b", Patch("3", 0, 2), Patch("far", 0, 45), Patch("farther", 0, 60));
        var mixed = await MixAsync([new(a), new(b)], 4, pinned: ["farther", "far", "far"], excluded: ["1", "unknown"]);
        Assert.Equal(["farther", "far", "2", "3"], mixed.Select(item => item.Neighbor.Provenance.ImageId));
        Assert.Equal((b, 2L), (mixed[0].Index, mixed[0].Neighbor.Row));
        Assert.Equal((a, 2L), (mixed[1].Index, mixed[1].Neighbor.Row));
    }

    [Fact]
    public async Task PinsThatCannotBe_AreRefused()
    {
        var a = await DatabaseAsync("a", Patch("1", 0, 0), Patch("2", 0, 1));
        await Assert.ThrowsAsync<DatabaseException>(() => MixAsync([new(a)], 2, pinned: ["unknown"]));
        await Assert.ThrowsAsync<DatabaseException>(() => MixAsync([new(a)], 2, pinned: ["1"], excluded: ["1"]));
        await Assert.ThrowsAsync<DatabaseException>(() => MixAsync([new(a)], 1, pinned: ["1", "2"]));
    }

    [Fact]
    public async Task SmallDatabase_GivesWhatItHas()
    {
        var a = await DatabaseAsync("a", Patch("1", 0, 0));
        var b = await DatabaseAsync("b", [.. Enumerable.Range(0, 9).Select(i => Patch($"b{i}", i, 10))]);
        Assert.Equal(6, (await MixAsync([new(a), new(b)], 10)).Count);
    }

    [Fact]
    public async Task SeveralQueries_EachGetTheirOwnMixture()
    {
        var a = await DatabaseAsync("a", [.. Enumerable.Range(0, 90).Select(i => Patch($"{i}", 0, i))]);
        var b = await DatabaseAsync("b", [.. Enumerable.Range(0, 90).Select(i => Patch($"{i + 3}", 0, i + 0.5))]);
        float[][] queries = [Query, [0, 1], [1, 1]];
        var mixer = new NeighborMixer([new(a, 2), new(b, 3)]);
        var together = await mixer.SearchAsync(
            [.. queries.Select(query => (ReadOnlyMemory<float>)query)], 7, cancellationToken: Sample.Cancellation);
        for (var q = 0; q < queries.Length; q++)
        {
            var alone = (await mixer.SearchAsync([queries[q]], 7, cancellationToken: Sample.Cancellation))[0];
            Assert.Equal(alone.Select(Key), together[q].Select(Key));
            Assert.Equal(7, alone.Select(mixed => mixed.Neighbor.Provenance.ImageId).Distinct().Count());
        }

        static (string, long, float) Key(MixedNeighbor mixed) =>
            (mixed.Index.Info.Name, mixed.Neighbor.Row, mixed.Neighbor.Score);
    }

    [Fact]
    public async Task DifferentClipModels_AreNotMixed()
    {
        var a = await DatabaseAsync("a", Patch("1", 0, 0));
        using var b = EmbeddedIndex.Create(folder["b"], Sample.Info(2) with { EmbeddingSpace = "another" });
        Assert.Throws<DatabaseException>(() => new NeighborMixer([new(a), new(b)]));
    }

    public void Dispose()
    {
        opened.ForEach(index => index.Dispose());
        folder.Dispose();
    }

    async Task<EmbeddedIndex> DatabaseAsync(string name, params DatabaseRow[] rows)
    {
        opened.Add(await Sample.CreateAsync(folder[name], Sample.Info(2, name: name), rows));
        return opened[^1];
    }

    /// <summary>Patch x of an image, as many degrees away from the query.</summary>
    static DatabaseRow Patch(string imageId, int x, double degrees)
    {
        var angle = degrees * Math.PI / 180;
        return new(new[] { (float)Math.Cos(angle), (float)Math.Sin(angle) }, new(imageId, Patch: new(x, 0, x + 1, 1)));
    }

    static async Task<IReadOnlyList<MixedNeighbor>> MixAsync(
        WeightedDatabase[] databases, int k, string[]? pinned = null, string[]? excluded = null) =>
        (await new NeighborMixer(databases).SearchAsync([Query], k, pinned, excluded, Sample.Cancellation))[0];
}
