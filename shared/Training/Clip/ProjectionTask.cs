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
    readonly double scale;
    readonly ClipBatches batches;
    readonly Tensor plain, finished; // (images, D)

    /// <param name="scale">Factor of the cosines, as the towers were trained with.</param>
    public ProjectionTask(PictureSet pictures, TextFeatures texts, BertTextConfig config, ClipEvaluation evaluation, double scale)
    {
        (this.pictures, this.texts, this.config, this.evaluation, this.scale) = (pictures, texts, config, evaluation, scale);
        batches = new ClipBatches(pictures.Images, index => [FinishOf(index)]);
        plain = evaluation.Plain;
        finished = evaluation.Embed([.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index, FinishOf(index)))]);
    }

    public Sequential CreateNetwork() => BertTextTower.Projection(config);

    public Tensor Loss(Sequential network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var batch = batches.Next(batchSize, random.Choices);
        var images = stack([.. batch.Pictures.Select(picture => (picture.Finish is null ? plain : finished)[picture.Index])]);
        var features = network.forward(texts[batch.Captions.Select(caption => caption.Text)]);
        return ContrastiveLoss.Of(images, features, batch.Matches(pictures.Images), tensor(scale)).MoveToOuterDisposeScope();
    }

    public string Evaluate(Sequential network, string sheetPath) => ClipReport.Summary(evaluation, pictures, network);

    // One finish for each picture, spread evenly.
    static Finish FinishOf(int index) => ClipBatches.TrainedFinishes[index % ClipBatches.TrainedFinishes.Count];
}
