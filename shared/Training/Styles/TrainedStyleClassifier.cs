namespace RdmCloud.Training.Styles;

/// <summary>A trained classifier's description, beside its weights.</summary>
/// <param name="EmbeddingSpace">That of the features which it reads.</param>
/// <param name="Styles">The databases' names, in the order of the logits.</param>
public sealed record TrainedStyleClassifier(string EmbeddingSpace, int Dimension, int HiddenSize, IReadOnlyList<string> Styles)
{
    public const string WeightsFile = "style-classifier.safetensors", FileName = "style-classifier.json";

    /// <summary>Reads the classifier that a training has left.</summary>
    /// <exception cref="TrainingException">The training is not done, or its files are damaged.</exception>
    public static (TrainedStyleClassifier Description, StyleClassifier Network) Load(string training)
    {
        var folder = TrainedParts.ExportOf(training);
        if (!File.Exists(Path.Combine(folder, FileName)))
            throw new TrainingException($"{training} has no style classifier. Train one with 'rdm train style-classifier'.");
        var description = ConfigFile.Read<TrainedStyleClassifier>(Path.Combine(folder, FileName));
        var network = new StyleClassifier(description.Dimension, description.HiddenSize, description.Styles.Count);
        TensorFile.ReadWeights(Path.Combine(folder, WeightsFile), network);
        network.eval();
        return (description, network);
    }

    /// <summary>Writes the description last, so that a folder with one is complete.</summary>
    public void Write(string training, string weights)
    {
        var folder = TrainedParts.ExportOf(training);
        File.Copy(weights, Path.Combine(folder, WeightsFile), overwrite: true);
        ConfigFile.Write(Path.Combine(folder, FileName), this);
    }
}
