using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.CompVis;

[Trait("Category", "Parity")]
public sealed class CompVisParity_Tests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public async Task NpzDatabase_GivesTheOriginalsNeighbors()
    {
        var source = Fixtures.Find("database-compvis-npz", "expected.safetensors");
        var expected = new Safetensors(Path.Combine(source, "expected.safetensors"));
        var (indices, cosine) = (expected.Values<long>("indices"), expected.Values<float>("cosine"));
        var (embeddings, queries) = (expected.Values<float>("nn_embeddings"), expected.Values<float>("queries"));
        var (k, dimension) = (expected.Shape("indices")[1], expected.Shape("queries")[1]);

        var database = CompVisDatabase.Open(source, "fixture");
        Assert.Equal(dimension, database.Dimension);
        using var index = EmbeddedIndex.Create(folder["db"], Sample.Info(dimension, database.ElementType));
        await index.AppendAsync(database.ReadAsync(), cancellationToken: Sample.Cancellation);
        Assert.Equal(database.Count, index.Count);
        var found = await index.SearchAsync([.. queries.Chunk(dimension).Select(query => (ReadOnlyMemory<float>)query)], k,
            cancellationToken: Sample.Cancellation);

        var flat = found.SelectMany(neighbors => neighbors).ToArray();
        Assert.Equal(indices, flat.Select(neighbor => neighbor.Row));
        var worstCosine = RelativeError(cosine, flat.Select(neighbor => neighbor.Score));
        // The original returns its neighbors normalized.
        var worstEmbedding = RelativeError(
            embeddings, flat.SelectMany(neighbor => EmbeddingMath.Normalize(neighbor.Embedding.Span)));
        ParityReport.Add("database-compvis-npz", Math.Max(worstCosine, worstEmbedding));
        Assert.InRange(worstCosine, 0, 1e-5);
        Assert.InRange(worstEmbedding, 0, 1e-5);
    }

    public void Dispose() => folder.Dispose();

    static double RelativeError(float[] expected, IEnumerable<float> actual) => Math.Sqrt(
        expected.Zip(actual, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(a => Math.Pow(a, 2)));
}
