using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Styles;

/// <summary>
/// Trains the classifier on the databases of a model; subjects of the validation and test split are kept to measure on.
/// </summary>
public sealed class StyleClassifierTask : ITrainingTask<StyleClassifier>
{
    readonly Tensor embeddings, labels; // (N, D), (N)
    readonly long[] training, heldOut;
    readonly int hiddenSize, styles;
    readonly Device device;

    /// <param name="embeddings">Of all the databases' rows, one database after the other (N, D).</param>
    public StyleClassifierTask(IReadOnlyList<StyleDatabase> databases, Tensor embeddings, int hiddenSize, Device device)
    {
        (this.hiddenSize, this.device, styles) = (hiddenSize, device, databases.Count);
        this.embeddings = embeddings.to(device);
        var numbers = databases.SelectMany((database, number) => Enumerable.Repeat((long)number, database.Rows.Count));
        labels = tensor(numbers.ToArray()).to(device);
        var isHeldOut = databases.SelectMany(database => database.Rows.Select(StyleDatabase.IsHeldOut)).ToArray();
        training = [.. isHeldOut.Index().Where(row => !row.Item).Select(row => (long)row.Index)];
        heldOut = [.. isHeldOut.Index().Where(row => row.Item).Select(row => (long)row.Index)];
        if (training.Length == 0)
            throw new TrainingException("The databases have no pictures to train on: all are held out.");
    }

    public StyleClassifier CreateNetwork() => new((int)embeddings.size(1), hiddenSize, styles);

    public Tensor Loss(StyleClassifier network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var rows = tensor([.. Enumerable.Range(0, batchSize).Select(_ => training[random.Choices.Next(training.Length)])])
            .to(device);
        var logits = network.forward(embeddings.index_select(0, rows)).to(ScalarType.Float32);
        return nn.functional.cross_entropy(logits, labels.index_select(0, rows)).MoveToOuterDisposeScope();
    }

    public string Evaluate(StyleClassifier network, string sheetPath) =>
        string.Create(CultureInfo.InvariantCulture,
            $"right for {100 * Accuracy(network):0.0} % of {heldOut.Length} pictures of held-out subjects");

    /// <summary>The share of held-out pictures whose style is told right; not a number where there are none.</summary>
    public double Accuracy(StyleClassifier network)
    {
        using var scope = NewDisposeScope();
        if (heldOut.Length == 0)
            return double.NaN;
        var rows = tensor(heldOut).to(device);
        var isRight = network.forward(embeddings.index_select(0, rows)).argmax(1).eq(labels.index_select(0, rows));
        return isRight.to(ScalarType.Float32).mean().item<float>();
    }
}
