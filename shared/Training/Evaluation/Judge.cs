using RdmCloud.Diffusion.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>Looks at pictures with a CLIP and says what they show.</summary>
/// <param name="model">Whose CLIP it is: best another than the one that conditions.</param>
/// <param name="titles">What pictures may show.</param>
public sealed class Judge(RdmModel model, IReadOnlyList<string> titles)
{
    const int MostInBatch = 64;

    readonly Tensor subjects = Texts(model, titles).DetachFromDisposeScope(); // (titles, D)

    /// <summary>What the CLIP makes of pictures.</summary>
    public IPictureFeatures Features { get; } = new ClipFeatures(model);

    /// <summary>Embeddings of length one: (N, D).</summary>
    public static Tensor Texts(RdmModel model, IReadOnlyList<string> texts) =>
        Rows.Unit([.. texts.Chunk(MostInBatch).SelectMany(model.EmbedTexts).Select(text => text.Embedding)]);

    /// <summary>The share of pictures whose prompt is among the k titles that are nearest to them.</summary>
    public double SubjectRecall(Tensor looks, IReadOnlyList<string> prompts, int k)
    {
        using var scope = NewDisposeScope();
        var most = Math.Min(k, titles.Count);
        var nearest = looks.matmul(subjects.t()).topk(most, 1).indexes.data<long>().ToArray().Chunk(most);
        return nearest.Zip(prompts).Average(pair => pair.First.Any(title => titles[(int)title] == pair.Second) ? 1.0 : 0.0);
    }

    /// <summary>The mean cosine of each picture with its prompt.</summary>
    public double Alignment(Tensor looks, IReadOnlyList<string> prompts)
    {
        using var scope = NewDisposeScope();
        return (looks * Texts(model, prompts)).sum([1]).mean().item<float>();
    }
}
