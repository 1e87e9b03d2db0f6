using RdmCloud.VectorStore;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Styles;

public class StyleClassifier_Tests
{
    static readonly TrainingConfig Training = new()
    {
        Steps = 200, BatchSize = 32, LearningRate = 0.01, WarmUpSteps = 5, LogSteps = 20, AverageDecay = 0.9,
    };

    [Fact]
    public void Training_OnStylesApart_TellsThemForSubjectsItNeverSaw_AndIsReadAgain()
    {
        using var folder = new TemporaryFolder();
        var task = Task(Style("flat", 0), Style("ink", 1), Style("neon", 2));
        var run = new TrainingRun(
            folder.Path, TimeProvider.System, new Reports<TrainingProgress>(_ => { }), new Reports<string>(_ => { }));

        var weights = run.Train(task, Training, CancellationToken.None);
        new TrainedStyleClassifier("sha256:0", 4, 8, ["flat", "ink", "neon"]).Write(folder.Path, weights!);
        var (description, network) = TrainedStyleClassifier.Load(folder.Path);

        Assert.Equal(1, task.Accuracy(network));
        Assert.Equal(["flat", "ink", "neon"], description.Styles);
    }

    [Fact]
    public void Training_OnStylesThatAreTheSame_TellsThemByChance()
    {
        using var folder = new TemporaryFolder();
        var task = Task(Style("one", 0), Style("same", 0));
        var network = task.CreateNetwork();
        Initialization.Fill(network, 1);
        Assert.Equal(0.5, task.Accuracy(network), 1e-6);
    }

    [Fact]
    public void Load_OfAnUnfinishedTraining_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TrainingException>(() => TrainedStyleClassifier.Load(folder.Path));
        Assert.Contains("rdm train style-classifier", error.Message);
    }

    [Theory]
    [InlineData("fluent-flat-blueprint", "blueprint, white lines on blue")]
    [InlineData("fluent-3d", "glossy 3d")]
    [InlineData("mine", "My drawings")]
    public void Words_OfAStyle_AreThoseOfItsCaptions(string style, string expected) =>
        Assert.Equal(expected, StyleWords.Of(style, "My drawings"));

    [Theory]
    [InlineData("Mrs. Claus (gold)", "Mrs. Claus")]
    [InlineData("ON! arrow (back)", "ON! arrow (back)")]
    public void Title_IsWithoutTheFinish(string title, string expected) =>
        Assert.Equal(expected, StyleDatabase.TitleOf(new DatabaseRow(new float[1], new Provenance("a", Title: title))));

    [Fact]
    public void Nearest_RowsAreInTheOrderOfTheirCosines()
    {
        var style = Style("flat", 0);
        var query = tensor(style.Rows[7].Embedding.ToArray()) * 3;
        var nearest = style.Nearest(query, 3);
        Assert.Same(style.Rows[7], nearest[0]);
        Assert.Equal(3, nearest.Distinct().Count());
        Assert.Equal(style.Rows.Count, style.Nearest(query, 1000).Count);
    }

    static StyleClassifierTask Task(params StyleDatabase[] databases) =>
        new(databases, cat([.. databases.Select(database => database.Embeddings)]), 8, CPU);

    // A style is a direction; what is shown is a little noise.
    static StyleDatabase Style(string name, int direction)
    {
        var random = new Random(direction);
        return new(name, name, [.. Enumerable.Range(0, 60).Select(subject => new DatabaseRow(
            Enumerable.Range(0, 4).Select(i => (float)((i == direction ? 1 : 0) + 0.1 * random.NextDouble())).ToArray(),
            new Provenance($"{name}/{subject:x}", Title: $"thing {subject}")))]);
    }
}
