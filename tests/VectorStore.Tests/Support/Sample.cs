using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.VectorStore.Support;

/// <summary>Small databases of random embeddings.</summary>
static class Sample
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static DatabaseInfo Info(int dimension, ElementType type = ElementType.Float32, string name = "sample") => new()
    {
        Name = name,
        EmbeddingSpace = "clip-test",
        Dimension = dimension,
        ElementType = type,
        License = "CC0-1.0",
        Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    /// <summary>Normally distributed values that float16 holds exactly.</summary>
    public static float[] Vector(Random random, int dimension) =>
        [.. Enumerable.Range(0, dimension).Select(_ => (float)(Half)Normal(random))];

    public static DatabaseRow Row(string imageId, params float[] embedding) =>
        new(
            embedding,
            new(
                imageId, $"https://example.org/{imageId}", Title: $"Picture {imageId}",
                Author: "A. Painter", License: "CC0-1.0", Patch: new(1, 2, 3, 4)),
            new byte[] { 137, (byte)imageId.Length, (byte)imageId[^1] });

    public static List<DatabaseRow> Rows(int seed, int count, int dimension, string prefix = "")
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Row($"{prefix}{i}", Vector(random, dimension)))];
    }

    public static async Task<EmbeddedIndex> CreateAsync(
        string path, DatabaseInfo info, IEnumerable<DatabaseRow> rows, int parallelism = -1)
    {
        var index = EmbeddedIndex.Create(path, info, parallelism);
        await index.AppendAsync(rows.ToAsyncEnumerable(), cancellationToken: Cancellation);
        return index;
    }

    public static async Task<IReadOnlyList<Neighbor>> SearchAsync(
        this INeighborIndex index, float[] query, int k, NeighborFilter? filter = null) =>
        (await index.SearchAsync([query], k, filter, Cancellation))[0];

    /// <summary>The image ids that a search of a version finds, by row.</summary>
    public static async Task<IEnumerable<string>> ImagesAsync(this INeighborIndex index, long? version = null) =>
        (await index.SearchAsync(Vector(new(0), index.Info.Dimension), 100_000, new(Version: version)))
            .OrderBy(neighbor => neighbor.Row).Select(neighbor => neighbor.Provenance.ImageId);

    public static Task<long> AppendAsync(this INeighborIndex index, params DatabaseRow[] rows) =>
        index.AppendAsync(rows.ToAsyncEnumerable(), null, Cancellation);

    public static Task<long> UpsertAsync(this INeighborIndex index, params DatabaseRow[] rows) =>
        index.UpsertAsync(rows.ToAsyncEnumerable(), null, Cancellation);

    public static Task<Removal> RemoveAsync(this INeighborIndex index, params string[] imageIds) =>
        index.RemoveAsync(imageIds, Cancellation);

    public static Task<Removal> PurgeAsync(this INeighborIndex index, params string[] imageIds) =>
        index.PurgeAsync(imageIds, Cancellation);

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
