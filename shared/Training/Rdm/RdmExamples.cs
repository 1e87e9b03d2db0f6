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
    /// <summary>The file that is written last.</summary>
    public const string FileName = "examples.safetensors";

    const string EmbeddingsName = "embeddings", QueryShiftName = "query_shift";
    const string SameFinishName = "neighbors_same_finish", SameStyleName = "neighbors_same_style";
    const int ShardRows = 1 << 16, Batch = 128;

    RdmExamples(LatentShards latents, Tensor embeddings, Tensor queryShift, int[,] sameFinish, int[,] sameStyle) =>
        (Latents, Embeddings, QueryShift, SameFinish, SameStyle) = (latents, embeddings, queryShift, sameFinish, sameStyle);

    /// <summary>N latents (C, h, w), as the autoencoder gives them.</summary>
    public LatentShards Latents { get; }

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

    /// <summary>Computes the examples and leaves them in a folder.</summary>
    /// <param name="choices">The M pictures without finish, then with the first finish, and so on.</param>
    /// <param name="hands">The hand of each of the M pictures.</param>
    /// <param name="encode">(B, 3, S, S) → latents.</param>
    /// <param name="embed">(B, 3, S, S) → (B, D) of length one.</param>
    /// <param name="meanText">The mean embedding of the pictures' names (D).</param>
    /// <param name="done">Told how many examples are done.</param>
    /// <param name="shardRows">Latents in a file.</param>
    public static RdmExamples Compute(
        string folder, PictureSet pictures, IReadOnlyList<PictureChoice> choices, IReadOnlyList<string> hands,
        Func<Tensor, Tensor> encode, Func<Tensor, Tensor> embed, Tensor meanText, IProgress<int> done,
        CancellationToken cancellationToken, int shardRows = ShardRows)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        LatentShards.Write(folder, Latents(), shardRows);
        var embeddings = cat(parts);
        var (sameFinish, sameStyle) = (new int[choices.Count, Neighbors.Count], new int[choices.Count, Neighbors.Count]);
        for (var first = 0; first < choices.Count; first += hands.Count)
        {
            var finish = Enumerable.Range(first, hands.Count).ToArray();
            Neighbors.Find(embeddings, finish, sameFinish);
            foreach (var style in finish.GroupBy(example => hands[example - first]))
                Neighbors.Find(embeddings, [.. style], sameStyle);
        }
        TensorFile.Write(Path.Combine(folder, FileName),
        [
            (EmbeddingsName, embeddings),
            (QueryShiftName, meanText - embeddings.mean([0])),
            (SameFinishName, tensor(sameFinish)),
            (SameStyleName, tensor(sameStyle)),
        ]);
        return Load(folder);

        IEnumerable<Tensor> Latents()
        {
            foreach (var batch in choices.Chunk(Batch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return Latent(batch);
                done.Report(parts.Count * Batch);
            }
        }

        Tensor Latent(PictureChoice[] batch)
        {
            using var batchScope = NewDisposeScope();
            var images = pictures.Batch(batch);
            parts.Add(embed(images).MoveToOuterDisposeScope());
            return encode(images).to(ScalarType.Float16, copy: true).DetachFromDisposeScope();
        }
    }

    /// <summary>Reads what <see cref="Compute"/> left.</summary>
    /// <exception cref="CheckpointException">A file is missing, damaged or of another kind.</exception>
    public static RdmExamples Load(string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, FileName));
        return new RdmExamples(
            LatentShards.Open(folder), Kept(EmbeddingsName), Kept(QueryShiftName), Table(SameFinishName), Table(SameStyleName));

        Tensor Kept(string name) => file.Load(name).DetachFromDisposeScope();

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
