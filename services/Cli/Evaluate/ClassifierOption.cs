using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.Training.Styles;

namespace RdmCloud.Cli.Evaluate;

/// <summary>The judge of styles that an evaluation needs.</summary>
static class ClassifierOption
{
    public static Option<string?> Create()
    {
        var option = OptionOf.Folder("--classifier", "The folder of a finished 'rdm train style-classifier'.");
        option.Required = true;
        return option;
    }

    /// <exception cref="UsageException">It reads another CLIP's embeddings, or knows other styles.</exception>
    public static StyleClassifier Open(string folder, ModelManifest judge, IReadOnlyList<StyleDatabase> databases)
    {
        var (description, network) = TrainedStyleClassifier.Load(folder);
        if (description.EmbeddingSpace != judge.EmbeddingSpace)
            throw new UsageException($"--classifier: {folder} reads embeddings of another CLIP ({description.EmbeddingSpace}) than that of model '{judge.Name}' ({judge.EmbeddingSpace}).");
        string[] styles = [.. databases.Select(database => database.Name)];
        return description.Styles.SequenceEqual(styles) ? network
            : throw new UsageException($"--classifier: {folder} knows the styles {string.Join(", ", description.Styles)}; the model has {string.Join(", ", styles)}. Train it again.");
    }
}
