using RdmCloud.Diffusion.Models;
using RdmCloud.Training.Clip;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// The whole way to a model, in a folder that a second start goes on from: examples, training, model directory.
/// </summary>
/// <param name="encoderFolder">A training of an encoder that is done, or a model.</param>
/// <param name="autoencoderFolder">A training of an autoencoder that is done, or a model.</param>
public sealed class RdmTraining(
    PictureSet pictures, string encoderFolder, string autoencoderFolder, RdmTrainingConfig config, TrainingRun run)
{
    const string ModelFolder = "model";
    const int SheetQueries = 8, SheetStyles = 8;

    readonly int[] training = pictures.Where(image =>
        image.Split == DatasetSplit.Training && !DatasetSplit.HeldOutHands.Contains(image.Hand));
    readonly Finish[] finishes = [.. config.Finishes.Select(Finishes.Find)];

    /// <summary>Where the model is made.</summary>
    public string ModelPath { get; } = Path.Combine(run.Folder, ModelFolder);

    /// <summary>Trains to the end, or until it is cancelled: then it saves and returns.</summary>
    /// <returns>Whether all is done.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (training.Length == 0)
            throw new TrainingException("The data set has no pictures to train on: all are held out.");
        var directory = run.Replica.Number == 0
            ? RdmModelFolder.Begin(ModelPath, encoderFolder, autoencoderFolder, config, pictures.Size)
            : ModelDirectory.Open(ModelPath);
        using var model = new RdmModel(directory);
        var device = new Device(run.Adapt(config.Training).Device);
        model.Autoencoder.to(device);
        model.ImageTower.to(device);
        var names = pictures.Images.Select(image => image.Name).Distinct().ToArray();
        using var texts = TextsOf(model, names);
        using var examples = Examples(model, texts, device, cancellationToken);
        using var sheet = Sheet(model, texts, names, device);
        var conditioning = config.Conditioning with { ScaleFactor = directory.Manifest.ScaleFactor };
        var task = new RdmTask(
            examples, [.. training.Select(index => pictures.Images[index].Key)], config.Network, conditioning, sheet, device);
        if (run.Train(task, config.Training, cancellationToken) is not { } weights)
            return false;
        if (run.Replica.Number == 0)
            await RdmModelFolder.CompleteAsync(
                directory, weights, config with { Conditioning = conditioning }, cancellationToken);
        return true;
    }

    RdmExamples Examples(RdmModel model, Tensor texts, Device device, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(run.Folder, RdmExamples.FileName)))
            return RdmExamples.Load(run.Folder);
        run.Messages.Report(
            $"computing latents, embeddings and neighbors of {training.Length} pictures in {finishes.Length + 1} finishes");
        PictureChoice[] choices =
            [.. finishes.Prepend(null).SelectMany(finish => training.Select(index => new PictureChoice(index, finish)))];
        using var mean = texts.mean([0]);
        var threads = get_num_threads();
        set_num_threads(threads * run.Replica.Count); // the other replicas wait for them
        try
        {
            return RdmExamples.Compute(
                run.Folder, pictures, choices, [.. training.Select(index => pictures.Images[index].Hand)],
                images => model.Autoencoder.Encode(images.to(device)).cpu(),
                images => Embed(model, images, device), mean, new Tenths(choices.Length, run.Messages), cancellationToken);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    // Held-out subjects, or any where none is held out, in trained styles and in those that were never seen.
    RdmSheet Sheet(RdmModel model, Tensor texts, string[] names, Device device)
    {
        var heldOut = pictures.Where(image => image.Split != DatasetSplit.Training);
        var shown = heldOut.Length > 0 ? heldOut : training;
        var queries = Spread(shown.DistinctBy(index => pictures.Images[index].Name).ToArray(), SheetQueries);
        using var rows = tensor(queries.Select(index => (long)Array.IndexOf(names, pictures.Images[index].Name)).ToArray());
        var hands = pictures.Images.Select(image => image.Hand).Distinct().ToArray();
        var allFinishes = finishes.Concat(DatasetSplit.HeldOutFinishes.Select(Finishes.Find));
        var databases = hands.Select(hand => (hand, Of(hand, null)))
            .Concat(allFinishes.Select(finish => ($"{hands[0]}-{finish.Id}", Of(hands[0], finish)))).ToArray();
        using var embedded = texts.index_select(0, rows);
        return new(pictures, [.. queries.Select(index => new PictureChoice(index))], embedded,
            Spread(databases, SheetStyles), model.Autoencoder, images => Embed(model, images, device));

        PictureChoice[] Of(string hand, Finish? finish) =>
            [.. pictures.Where(image => image.Hand == hand).Select(index => new PictureChoice(index, finish))];
    }

    static Tensor TextsOf(RdmModel model, string[] texts) =>
        Rows.Unit([.. texts.Chunk(64).SelectMany(model.EmbedTexts).Select(text => text.Embedding)]);

    static Tensor Embed(RdmModel model, Tensor images, Device device)
    {
        using var scope = NewDisposeScope();
        var part = model.Directory.Manifest.Image!;
        var pixels = ClipPixels.Prepare(images, part.Config.ImageResolution, part.Preprocessing).to(device);
        return nn.functional.normalize(model.ImageTower.forward(pixels).cpu(), dim: 1).MoveToOuterDisposeScope();
    }

    static T[] Spread<T>(IReadOnlyList<T> all, int most) =>
        [.. Enumerable.Range(0, Math.Min(most, all.Count))
            .Select(i => all[(int)((long)i * all.Count / Math.Min(most, all.Count))])];

    sealed class Tenths(int all, IProgress<string> messages) : IProgress<int>
    {
        int told;

        public void Report(int done)
        {
            var tenth = Math.Min(10, (int)(10L * done / all));
            if (tenth > told)
                messages.Report($"{10 * (told = tenth)} % of the latents");
        }
    }
}
