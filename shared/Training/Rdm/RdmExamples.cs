using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// What the RDM trains on, computed once from the pictures: example f · M + i is picture i of M in finish f, 0 being none.
/// </summary>
public sealed class RdmExamples : IDisposable
{
    const string LatentsName = "latents", EmbeddingsName = "embeddings", QueryShiftName = "query_shift", SameFinishName = "neighbors_same_finish", SameStyleName = "neighbors_same_style";

    RdmExamples(Tensor latents, Tensor embeddings, Tensor queryShift, int[,] sameFinish, int[,] sameStyle) =>
        (Latents, Embeddings, QueryShift, SameFinish, SameStyle) = (latents, embeddings, queryShift, sameFinish, sameStyle);

    /// <summary>(N, C, h, w) in float16, as the autoencoder gives them.</summary>
    public Tensor Latents { get; }

    /// <summary>(N, D) of length one, float32.</summary>
    public Tensor Embeddings { get; }

    /// <summary>
    /// The mean embedding of texts less the mean of pictures (D): the two lie apart. Moved by it, a picture's embedding stands in
    /// for a text's.
    /// </summary>
    public Tensor QueryShift { get; }

    /// <summary>The nearest examples of each in the same finish, nearest first: (N, K).</summary>
    public int[,] SameFinish { get; }

    /// <summary>The nearest examples of each in the same finish and from the same hand: (N, K).</summary>
    public int[,] SameStyle { get; }

    /// <param name="choices">The M pictures without finish, then with the first finish, and so on.</param>
    /// <param name="hands">The hand of each of the M pictures.</param>
    /// <param name="encode">(B, 3, S, S) → latents.</param>
    /// <param name="embed">(B, 3, S, S) → (B, D) of length one.</param>
    /// <param name="meanText">The mean embedding of the pictures' names (D).</param>
    public static RdmExamples Compute(PictureSet pictures, IReadOnlyList<PictureChoice> choices, IReadOnlyList<string> hands, Func<Tensor, Tensor> encode, Func<Tensor, Tensor> embed, Tensor meanText, CancellationToken cancellationToken)
    {
        using var noGradient = no_grad();
        var latents = new List<Tensor>();
        var embeddings = new List<Tensor>();
        foreach (var batch in choices.Chunk(128))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var images = pictures.Batch(batch);
            using var encoded = encode(images);
            latents.Add(encoded.to(ScalarType.Float16));
            embeddings.Add(embed(images));
        }
        var allEmbeddings = cat(embeddings);
        var (sameFinish, sameStyle) = (new int[choices.Count, Neighbors.Count], new int[choices.Count, Neighbors.Count]);
        for (var first = 0; first < choices.Count; first += hands.Count)
        {
            var finish = Enumerable.Range(first, hands.Count).ToArray();
            Neighbors.Find(allEmbeddings, finish, sameFinish);
            foreach (var style in finish.GroupBy(example => hands[example - first]))
                Neighbors.Find(allEmbeddings, [.. style], sameStyle);
        }
        return new RdmExamples(cat(latents), allEmbeddings, meanText - allEmbeddings.mean([0]), sameFinish, sameStyle);
    }

    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(path, [(LatentsName, Latents), (EmbeddingsName, Embeddings), (QueryShiftName, QueryShift), (SameFinishName, tensor(SameFinish)), (SameStyleName, tensor(SameStyle))]);
    }

    /// <exception cref="CheckpointException">The file is missing, damaged or of another kind.</exception>
    public static RdmExamples Load(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return new RdmExamples(file.Load(LatentsName), file.Load(EmbeddingsName), file.Load(QueryShiftName), Table(SameFinishName), Table(SameStyleName));

        int[,] Table(string name)
        {
            using var values = file.Load(name);
            return (int[,])values.data<int>().ToNDArray();
        }
    }

    public void Dispose()
    {
        Latents.Dispose();
        Embeddings.Dispose();
        QueryShift.Dispose();
    }
}
