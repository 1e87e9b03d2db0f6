using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>Measures how well texts find pictures, and how much of the style an embedding holds.</summary>
public sealed class ClipEvaluation(PictureSet pictures, TextFeatures texts, ImageTower tower, Device device) : IDisposable
{
    const int BatchSize = 128;

    Tensor? plain;

    /// <summary>The embeddings of all pictures without a finish, of length 1: (images, D).</summary>
    public Tensor Plain => plain ??= Embed(
        [.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index))]).DetachFromDisposeScope();

    /// <summary>Names asked for in one hand's pictures.</summary>
    /// <param name="projection">Of the texts' features.</param>
    /// <param name="hand">Its pictures are the database.</param>
    /// <param name="isAsked">The pictures whose names are asked for.</param>
    public Recall Names(Sequential projection, string hand, Func<DatasetImage, bool> isAsked)
    {
        var indices = pictures.Where(image => image.Hand == hand);
        var asked = indices.Where(index => isAsked(pictures.Images[index])).ToArray();
        string[] names = [.. asked.Select(index => pictures.Images[index].Name)];
        return Ask(projection, indices, names, (query, answer) => asked[query] == indices[answer]);
    }

    /// <summary>Keywords asked for in one hand's pictures: any picture with the keyword is right.</summary>
    /// <param name="projection">Of the texts' features.</param>
    /// <param name="hand">Its pictures are the database.</param>
    /// <param name="keywordsOf">The keywords of a picture that are asked for.</param>
    public Recall Keywords(Sequential projection, string hand, Func<DatasetImage, IReadOnlyList<string>> keywordsOf)
    {
        var indices = pictures.Where(image => image.Hand == hand);
        var keywords = indices.SelectMany(index => keywordsOf(pictures.Images[index])).Distinct().ToArray();
        return Ask(projection, indices, keywords,
            (query, answer) => keywordsOf(pictures.Images[indices[answer]]).Contains(keywords[query]));
    }

    /// <summary>
    /// The share of pictures never trained on whose nearest mean, of pictures trained on, is that of their own style; not a
    /// number where there are none.
    /// </summary>
    /// <param name="styles">The pictures of each style, by their numbers and finish.</param>
    public double StyleCentroids(IReadOnlyList<IReadOnlyList<PictureChoice>> styles)
    {
        using var scope = NewDisposeScope();
        var known = styles.Where(style => style.Any(IsHeldOut) && !style.All(IsHeldOut)).ToArray();
        if (known.Length == 0)
            return double.NaN;
        var means = known.Select(style => Embed([.. style.Where(picture => !IsHeldOut(picture))]).mean([0]));
        var centroids = nn.functional.normalize(stack([.. means]), dim: 1); // (styles, D)
        var right = known.SelectMany((style, number) =>
            Embed([.. style.Where(IsHeldOut)]).matmul(centroids.t()).argmax(1).eq(number).data<bool>().ToArray());
        return right.Average(isRight => isRight ? 1.0 : 0.0);
    }

    /// <summary>The embeddings of pictures, of length 1: (N, D).</summary>
    public Tensor Embed(IReadOnlyList<PictureChoice> choices)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return cat([.. choices.Chunk(BatchSize).Select(EmbedBatch)]).MoveToOuterDisposeScope();
    }

    Tensor EmbedBatch(PictureChoice[] choices)
    {
        using var scope = NewDisposeScope();
        var pixels = ClipPixels.Prepare(pictures.Batch(choices), tower.Config.ImageResolution);
        return nn.functional.normalize(tower.forward(pixels.to(device)).cpu(), dim: 1).MoveToOuterDisposeScope();
    }

    Recall Ask(Sequential projection, int[] database, string[] queries, Func<int, int, bool> isRight)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var embeddings = Plain.index_select(0, tensor(database.Select(index => (long)index).ToArray()));
        return queries.Length == 0
            ? new Recall(0, 0, 0)
            : Recall.Of(projection.forward(texts[queries].to(device)).cpu(), embeddings, isRight);
    }

    public void Dispose() => plain?.Dispose();

    bool IsHeldOut(PictureChoice picture) => !ClipBatches.IsTrainedOn(pictures.Images[picture.Index]);
}
