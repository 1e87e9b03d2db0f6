using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training.Evaluation;
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

    /// <param name="eyes">Of all that is at hand, the classifier takes what it was trained with.</param>
    /// <exception cref="UsageException">It reads other features than these, or knows other styles.</exception>
    public static StyleJudge Open(string folder, IReadOnlyList<IPictureFeatures> eyes, IReadOnlyList<StyleDatabase> databases)
    {
        var (description, network) = TrainedStyleClassifier.Load(folder);
        var features = eyes.FirstOrDefault(eye => eye.Space == description.EmbeddingSpace) ?? throw new UsageException(
            $"--classifier: {folder} reads {description.EmbeddingSpace}; "
            + $"here are {string.Join(" and ", eyes.Select(eye => eye.Space))}. "
            + "Name the model that it was trained with as --judge, or train it again.");
        string[] styles = [.. databases.Select(database => database.Name)];
        return description.Styles.SequenceEqual(styles) ? new StyleJudge(features, network) : throw new UsageException(
            $"--classifier: {folder} knows the styles {string.Join(", ", description.Styles)}; "
            + $"the model has {string.Join(", ", styles)}. Train it again.");
    }
}
