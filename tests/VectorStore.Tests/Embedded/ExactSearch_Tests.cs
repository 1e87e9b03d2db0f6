using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

public sealed class ExactSearch_Tests : IDisposable
{
    /// <summary>Rounding of a float32 dot product and norm.</summary>
    const double Tolerance = 2e-6;

    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(3, 1, 5)]
    [InlineData(13, 400, 7)]
    [InlineData(16, 400, 500)]
    [InlineData(48, 3000, 20)]
    [InlineData(512, 2100, 20)]
    [InlineData(771, 1500, 3)]
    public async Task RandomData_FindsWhatANaiveSearchInDoublePrecisionFinds(int dimension, int count, int k)
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            var random = new Random(dimension * 31 + count);
            var rows = Sample.Rows(dimension + count, count, dimension);
            for (var i = 0; i < count / 10; i++) // duplicates and zero vectors
                rows[random.Next(count)] = Sample.Row(
                    $"copy{i}", i % 3 == 0 ? new float[dimension] : rows[random.Next(count)].Embedding.ToArray());
            var queries = Enumerable.Range(0, 5)
                .Select(i => i == 0 ? new float[dimension] : Sample.Vector(random, dimension)).ToArray();
            using var index = await Sample.CreateAsync(folder[$"{type}"], Sample.Info(dimension, type), rows);

            var found = await index.SearchAsync(
                [.. queries.Select(query => (ReadOnlyMemory<float>)query)], k, cancellationToken: Sample.Cancellation);

            for (var q = 0; q < queries.Length; q++)
                AssertExact(rows, queries[q], found[q], k);
        }
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Float32)]
    public async Task EqualScores_ComeInTheOrderOfRows(ElementType type)
    {
        var random = new Random(6);
        var vector = Sample.Vector(random, 37); // rows of odd length: copies would lie at different alignments
        var rows = Sample.Rows(60, 5000, 37);
        long[] copies = [3, 17, 18, 999, 2500, 2501, 4096, 4999];
        foreach (var copy in copies)
            rows[(int)copy] = Sample.Row($"copy{copy}", vector);
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(37, type), rows);

        Assert.Equal(copies, (await index.SearchAsync(vector, copies.Length)).Select(neighbor => neighbor.Row));
        Assert.Equal(copies[..3], (await index.SearchAsync(vector, 3)).Select(neighbor => neighbor.Row));
    }

    [Fact]
    public async Task AnyParallelism_GivesTheSameBits()
    {
        var rows = Sample.Rows(7, 20_000, 64); // several chunks
        var query = Sample.Vector(new(8), 64);
        using (await Sample.CreateAsync(folder["db"], Sample.Info(64), rows))
        using (var one = EmbeddedIndex.Open(folder["db"], parallelism: 1))
        using (var four = EmbeddedIndex.Open(folder["db"], parallelism: 4))
        {
            var expected = (await one.SearchAsync(query, 50)).Select(neighbor => (neighbor.Row, neighbor.Score));
            for (var i = 0; i < 5; i++)
                Assert.Equal(expected, (await four.SearchAsync(query, 50)).Select(neighbor => (neighbor.Row, neighbor.Score)));
        }
    }

    [Fact]
    public async Task LengthOfQueryAndRow_DoesNotMatter()
    {
        DatabaseRow[] rows =
        [
            Sample.Row("long", 3e20f, 4e20f), Sample.Row("short", 3e-20f, 4e-20f),
            Sample.Row("zero", 0, 0), Sample.Row("other", -1, 0),
        ];
        using var index = await Sample.CreateAsync(folder["db"], Sample.Info(2), rows);
        foreach (var scale in (float[])[1e-20f, 1, 1e20f])
        {
            var found = await index.SearchAsync([3 * scale, 4 * scale], 4);
            Assert.Equal(["long", "short", "zero", "other"], found.Select(neighbor => neighbor.Provenance.ImageId));
            Assert.Equal([1, 1, 0, -0.6], found.Select(neighbor => Math.Round(neighbor.Score, 6)));
        }
    }

    public void Dispose() => folder.Dispose();

    static void AssertExact(List<DatabaseRow> rows, float[] query, IReadOnlyList<Neighbor> found, int k)
    {
        var scores = rows.ConvertAll(row => Cosine(query, row.Embedding.Span));
        var best = scores.OrderDescending().Take(k).ToArray();
        Assert.Equal(best.Length, found.Count);
        Assert.Equal(found.Count, found.Select(neighbor => neighbor.Row).Distinct().Count());
        for (var i = 0; i < found.Count; i++)
        {
            var (row, score, embedding, provenance) = found[i];
            Assert.Equal(scores[(int)row], score, Tolerance);
            Assert.Equal(best[i], score, Tolerance);
            Assert.Equal(rows[(int)row].Embedding, embedding);
            Assert.Equal(rows[(int)row].Provenance, provenance);
            if (i > 0)
                Assert.True(found[i - 1].Score > score || found[i - 1].Score == score && found[i - 1].Row < row);
        }
    }

    static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (dot, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
            (dot, aa, bb) = (dot + (double)a[i] * b[i], aa + (double)a[i] * a[i], bb + (double)b[i] * b[i]);
        return aa == 0 || bb == 0 ? 0 : dot / Math.Sqrt(aa * bb);
    }
}
