using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Contract;

/// <summary>Random changes, compared version by version with a list in memory.</summary>
public abstract partial class IndexContract
{
    const int Dimension = 4, Images = 25;

    [Theory]
    [InlineData(1, ElementType.Float16)]
    [InlineData(2, ElementType.Float32)]
    [InlineData(3, ElementType.Float32)]
    public async Task EveryVersion_IsWhatAListInMemorySays(int seed, ElementType type)
    {
        var random = new Random(seed);
        var model = new ModelDatabase();
        var index = await CreateAsync(Sample.Info(Dimension, type));
        try
        {
            for (var step = 0; step < 60; step++)
            {
                await ChangeAsync(random, index, model);
                Assert.Equal(model.Version, index.Version);
                if (random.Next(4) == 0)
                {
                    index.Dispose();
                    index = await Home.OpenAsync();
                }
                await AssertVersionAsync(random, index, model, random.NextInt64(model.Version + 1));
            }
            for (var version = 0L; version <= model.Version; version++)
                await AssertVersionAsync(random, index, model, version);
            Assert.Equal(model.Changes, index.Versions.Select(version => (version.Added, version.Removed)));
        }
        finally
        {
            index.Dispose();
        }
    }

    static async Task ChangeAsync(Random random, INeighborIndex index, ModelDatabase model)
    {
        var ids = Enumerable.Range(0, random.Next(5)).Select(_ => $"{random.Next(Images)}").Distinct().ToArray();
        var rows = ids.SelectMany(id => Enumerable.Range(0, random.Next(1, 3)).Select(_ => Row(random, id))).ToArray();
        switch (random.Next(6))
        {
            case 0 or 1:
                Assert.Equal(model.Append(rows), await index.AppendAsync(rows));
                break;
            case 2 or 3:
                var expected = model.Upsert(rows);
                for (var delivery = 0; delivery < 2; delivery++)
                    Assert.Equal(expected, await index.UpsertAsync(rows));
                break;
            case 4:
                Assert.Equal(model.Remove(ids), await index.RemoveAsync(ids));
                break;
            default:
                Assert.Equal(model.Purge(ids), await index.PurgeAsync(ids));
                break;
        }
    }

    /// <summary>Of few different embeddings, so that an image often comes as it is already.</summary>
    static DatabaseRow Row(Random random, string imageId) => Sample.Row(imageId, Sample.Vector(new(random.Next(2)), Dimension));

    static async Task AssertVersionAsync(Random random, INeighborIndex index, ModelDatabase model, long version)
    {
        var expected = model.At(version);
        var query = Sample.Vector(random, Dimension);
        var found = await index.SearchAsync(query, 1000, new(Version: version));
        Assert.Equal(expected.Select(row => row.Row), found.Select(neighbor => neighbor.Row).Order());
        Assert.All(found, neighbor => Assert.Equal(model.Row(neighbor.Row).Provenance, neighbor.Provenance));
        Assert.All(found, neighbor => Assert.Equal(model.Row(neighbor.Row).Embedding, neighbor.Embedding));
        Assert.Equal(found.OrderByDescending(neighbor => neighbor.Score).ThenBy(neighbor => neighbor.Row), found);
        Assert.Equal(found.Take(3).Select(neighbor => neighbor.Row),
            (await index.SearchAsync(query, 3, new(Version: version))).Select(neighbor => neighbor.Row));

        Assert.Equal(expected, await index.ListAsync(version, -1, 1000, Sample.Cancellation));
        var imageId = $"{random.Next(Images)}";
        var ofImage = expected.Where(row => row.Provenance.ImageId == imageId);
        Assert.Equal(ofImage, await index.FindAsync(imageId, version, Sample.Cancellation));
        var foundOfImage = await index.SearchAsync(query, 1000, new(Only: [imageId], Version: version));
        Assert.Equal(ofImage.Select(row => row.Row), foundOfImage.Select(neighbor => neighbor.Row).Order());
        if (version == index.Version)
            Assert.Equal(expected.Count, index.Count);
    }
}
