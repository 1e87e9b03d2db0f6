using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Embedding.Clips;
using RdmCloud.Embedding.Support;

namespace RdmCloud.Embedding.Queries;

public sealed class Embedder_Tests : IDisposable
{
    readonly TestFolder objects = new();

    [Fact]
    public async Task TextThatIsKnown_MakesNoCall()
    {
        var clip = new FakeClip();
        var text = new GenerationQuery("a text of over twenty characters");
        var answers = await EmbedAsync(clip, text, text, new("another"));
        Assert.Equal([text.Text, "another"], clip.Calls);
        Assert.Equal([true, true, false], answers.Select(answer => answer.Truncated));
        Assert.Equal([32f, 1f], PackedEmbedding.Unpack(answers[1].Vector));
    }

    [Fact]
    public async Task TextThatTheCacheHasNoRoomFor_IsEmbeddedAgain()
    {
        var clip = new FakeClip();
        await using var rig = await Rig.StartAsync(clip, objects, cacheEntries: 1);
        foreach (var text in (string[])["one", "two", "two"])
            await rig.EmbedAsync(new(text));
        Assert.Equal(["one", "two", "two"], clip.Calls);
    }

    [Fact]
    public async Task TextThatFailed_IsNotRemembered()
    {
        var clip = new FakeClip();
        await using var rig = await Rig.StartAsync(clip, objects);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => rig.EmbedAsync(new(FakeClip.Poison)));
        Assert.Equal(2, clip.Calls.Count());
    }

    [Fact]
    public async Task PictureThatIsKnown_MakesNoCall()
    {
        var clip = new FakeClip();
        await objects.PutAsync("uploads/one", Files.Picture(40, 30));
        await objects.PutAsync("uploads/two", Files.Picture(40, 30));
        var answers = await EmbedAsync(clip, new(ImageKey: "uploads/one"), new(ImageKey: "uploads/two"));
        Assert.Equal(["40"], clip.Calls);
        Assert.Equal([40f, 30f], PackedEmbedding.Unpack(answers[1].Vector));
    }

    [Fact]
    public async Task PictureThatCannotBeUsed_IsRefused()
    {
        await objects.PutAsync("uploads/text", "not a picture"u8.ToArray());
        await objects.PutAsync("uploads/narrow", Files.Picture(13));
        (string, string)[] cases = [("text", "not a PNG"), ("narrow", "too narrow"), ("gone", "Upload it again")];
        foreach (var (key, reason) in cases)
        {
            var refused = await RefusedAsync(new(ImageKey: $"uploads/{key}"));
            Assert.Equal("image", refused.Field);
            Assert.Contains(reason, refused.Message);
        }
    }

    [Fact]
    public async Task Vector_IsPassedOn()
    {
        var clip = new FakeClip();
        var vector = PackedEmbedding.Pack([0.5f, -2]);
        Assert.Equal(vector, (await EmbedAsync(clip, new GenerationQuery(Vector: vector)))[0].Vector);
        Assert.Empty(clip.Calls);
    }

    [Theory]
    [InlineData(new[] { 1f, 2f, 3f }, "3 values")]
    [InlineData(new float[0], "0 values")]
    [InlineData(new[] { 1f, float.NaN }, "not finite")]
    [InlineData(new[] { 1f, 70_000f }, "not finite")]
    public async Task VectorThatIsNoEmbedding_IsRefused(float[] values, string reason)
    {
        var refused = await RefusedAsync(new(Vector: PackedEmbedding.Pack(values)));
        Assert.Equal("vector", refused.Field);
        Assert.Contains(reason, refused.Message);
    }

    [Fact]
    public async Task HalfAValue_IsRefused() => Assert.Equal("vector", (await RefusedAsync(new(Vector: [1, 2, 3, 4, 5]))).Field);

    [Fact]
    public async Task QueryOfNothingOrOfTwoThings_IsRefused()
    {
        await RefusedAsync(new());
        await RefusedAsync(new("text", ImageKey: "uploads/one"));
    }

    [Fact]
    public async Task UnknownModel_IsRefusedWithThoseThatThereAre()
    {
        var refused = await RefusedAsync(new("a cat"), model: "other");
        Assert.Equal("model", refused.Field);
        Assert.Contains("fake", refused.Message);
    }

    [Fact]
    public async Task ModelWithoutTheTower_IsRefused()
    {
        Assert.Equal("model", (await RefusedAsync(new("a cat"), new FakeClip { ReadsTexts = false })).Field);
        Assert.Equal("model", (await RefusedAsync(new(ImageKey: "uploads/one"), new FakeClip { ReadsPictures = false })).Field);
    }

    public void Dispose() => objects.Dispose();

    async Task<EmbeddedQuery[]> EmbedAsync(FakeClip clip, params GenerationQuery[] queries)
    {
        await using var rig = await Rig.StartAsync(clip, objects);
        var answers = new List<EmbeddedQuery>();
        foreach (var query in queries)
            answers.Add(await rig.EmbedAsync(query));
        return [.. answers];
    }

    async Task<RefusedException> RefusedAsync(GenerationQuery query, FakeClip? clip = null, string? model = null)
    {
        await using var rig = await Rig.StartAsync(clip ?? new(), objects);
        return await Assert.ThrowsAsync<RefusedException>(async () => await rig.EmbedAsync(query, model));
    }

    sealed class Rig(FakeClip clip, Started started, TestFolder objects, int cacheEntries) : IAsyncDisposable
    {
        readonly EmbeddingCache cache = new(Options.Create(new EmbeddingOptions { CacheEntries = cacheEntries }));

        public static async Task<Rig> StartAsync(FakeClip clip, TestFolder objects, int cacheEntries = 100) =>
            new(clip, await Started.WithAsync(clip), objects, cacheEntries);

        public async Task<EmbeddedQuery> EmbedAsync(GenerationQuery query, string? model = null)
        {
            using var embedder = new Embedder(new([clip]), started.Thread, cache, objects.Store);
            return await embedder.EmbedAsync(model ?? clip.Name, query, TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await started.DisposeAsync();
            cache.Dispose();
        }
    }
}
