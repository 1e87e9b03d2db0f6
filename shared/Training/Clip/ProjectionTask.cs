using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

/// <summary>
/// Trains the projection alone, towards embeddings of pictures that stay as they are: without the image tower a step
/// takes so little that a batch may hold many more pictures.
/// </summary>
public sealed class ProjectionTask : ITrainingTask<Sequential>
{
    readonly PictureSet pictures;
    readonly TextFeatures texts;
    readonly BertTextConfig config;
    readonly ClipEvaluation evaluation;
    readonly double scale, dropout;
    readonly ClipBatches batches;
    readonly Tensor plain, finished; // (images, D)

    /// <param name="scale">Factor of the cosines, as the towers were trained with.</param>
    /// <param name="dropout">See <see cref="ClipTrainingConfig.FeatureDropout"/>.</param>
    public ProjectionTask(
        PictureSet pictures, TextFeatures texts, BertTextConfig config, ClipEvaluation evaluation, double scale, double dropout)
    {
        (this.pictures, this.texts, this.config, this.evaluation) = (pictures, texts, config, evaluation);
        (this.scale, this.dropout) = (scale, dropout);
        batches = new ClipBatches(pictures.Images, index => [FinishOf(index)]);
        plain = evaluation.Plain;
        finished = evaluation.Embed(
            [.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index, FinishOf(index)))]);
    }

    public Sequential CreateNetwork() => BertTextTower.Projection(config);

    public Tensor Loss(Sequential network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Next(batchSize, random.Choices);
        var images = stack([.. batch.Pictures.Select(picture => (picture.Finish is null ? plain : finished)[picture.Index])]);
        var features = texts[batch.Captions.Select(caption => caption.Text)];
        var seen = rand(features.shape, generator: random.Noise).ge(dropout).to(ScalarType.Float32) / (1 - dropout);
        return ContrastiveLoss.Of(images, network.forward(features * seen), batch.Matches(pictures.Images), tensor(scale))
            .MoveToOuterDisposeScope();
    }

    public string Evaluate(Sequential network, string sheetPath) => ClipReport.Summary(evaluation, pictures, network);

    // One finish for each picture, spread evenly.
    static Finish FinishOf(int index) => ClipBatches.TrainedFinishes[index % ClipBatches.TrainedFinishes.Count];
}
