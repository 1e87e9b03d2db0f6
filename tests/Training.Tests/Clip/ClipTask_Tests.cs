using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Tokenizers;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class ClipTask_Tests
{
    const int Size = 32;

    static readonly BertTextConfig Text = new()
    {
        EmbedDim = 16,
        ContextLength = 16,
        VocabSize = 7,
        Width = 12,
        Heads = 2,
        Layers = 1,
        IntermediateSize = 24,
        ProjectionSize = 14,
        Positions = 16,
    };

    static readonly ClipImageConfig Image = new() { EmbedDim = 16, ImageResolution = Size, Layers = [1, 1, 1, 1], Width = 16 };

    [Fact]
    public async Task Run_AFewSteps_LowersTheLossAndKeepsTheRunningStatistics()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var pictures = await Pictures(folder);
        using var texts = Texts(folder, pictures);
        var config = new TrainingConfig
        {
            Steps = 30, BatchSize = 6, LearningRate = 5e-3, WarmUpSteps = 5, LogSteps = 10, Seed = 4,
        };
        var losses = new List<double>();

        var trainer = new Trainer<ClipNetwork>(
            new ClipTask(pictures, texts, Image, Text, CPU), config, folder.Path, TimeProvider.System);
        trainer.Run(
            new Reports<TrainingProgress>(line => losses.Add(line.Loss)), new Reports<string>(_ => { }), CancellationToken.None);

        Assert.True(losses[^1] < 0.9 * losses[0], $"{losses[0]} became {losses[^1]}");
        var trained = new ClipNetwork(Image, Text);
        TensorFile.ReadWeights(trainer.WeightsPath, trained);
        Assert.True(trained.state_dict()["visual.bn1.running_var"].sub(1).abs().max().item<float>() > 0.1);
    }

    [Fact]
    public async Task Run_StoppedAndResumed_LeavesTheSameWeightsAndStatistics()
    {
        using TemporaryFolder folder = new(), whole = new(), broken = new();
        using var scope = NewDisposeScope();
        var pictures = await Pictures(folder);
        using var texts = Texts(folder, pictures);
        var config = new TrainingConfig { Steps = 6, BatchSize = 6, LearningRate = 1e-3, LogSteps = 1 };
        Trainer<ClipNetwork> In(TemporaryFolder place) =>
            new(new ClipTask(pictures, texts, Image, Text, CPU), config, place.Path, TimeProvider.System);
        using var cancellation = new CancellationTokenSource();

        In(whole).Run(new Reports<TrainingProgress>(_ => { }), new Reports<string>(_ => { }), CancellationToken.None);
        In(broken).Run(
            new Reports<TrainingProgress>(line => Cancel(cancellation, line.Step == 3)),
            new Reports<string>(_ => { }), cancellation.Token);
        In(broken).Run(new Reports<TrainingProgress>(_ => { }), new Reports<string>(_ => { }), CancellationToken.None);

        Assert.True(cancellation.IsCancellationRequested);
        Assert.Equal(File.ReadAllBytes(In(whole).WeightsPath), File.ReadAllBytes(In(broken).WeightsPath));
    }

    [Fact]
    public async Task Run_OfTheProjectionAlone_LowersTheLossOnEmbeddingsWithoutGradients()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var pictures = await Pictures(folder);
        using var texts = Texts(folder, pictures);
        var network = new ClipTask(pictures, texts, Image, Text, CPU).CreateNetwork();
        Initialization.Fill(network, 5);
        network.eval();
        var config = new TrainingConfig
        {
            Steps = 60, BatchSize = 6, LearningRate = 1e-2, WarmUpSteps = 5, LogSteps = 20, Seed = 6,
        };
        var losses = new List<double>();

        using var evaluation = new ClipEvaluation(pictures, texts, network.ImageTower, CPU);
        var task = new ProjectionTask(pictures, texts, Text, evaluation, 100, dropout: 0.1);
        var progress = new Reports<TrainingProgress>(line => losses.Add(line.Loss));
        new Trainer<Sequential>(task, config, folder.Path, TimeProvider.System)
            .Run(progress, new Reports<string>(_ => { }), CancellationToken.None);

        Assert.True(losses[^1] < 0.9 * losses[0], $"{losses[0]} became {losses[^1]}");
        Assert.False(evaluation.Plain.requires_grad);
        Assert.Equal(1, evaluation.Plain.norm(1).mean().item<float>(), 1e-4);
    }

    static void Cancel(CancellationTokenSource cancellation, bool now)
    {
        if (now)
            cancellation.Cancel();
    }

    static TextFeatures Texts(TemporaryFolder folder, PictureSet pictures)
    {
        using var tower = new BertTextTower(Text);
        Initialization.Fill(tower, 3);
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\nlime\nblue\n");
        return TextFeatures.Compute(
            Captions.AllTexts(pictures.Images, ClipBatches.TrainedFinishes),
            WordPieceTokenizer.Load(folder.Path, Text.ContextLength), tower, CancellationToken.None);
    }

    static async Task<PictureSet> Pictures(TemporaryFolder folder)
    {
        string[] names = ["red", "lime", "blue"];
        var images = new List<DatasetImage>();
        foreach (var hand in (string[])["fluent-3d", "streamline-emojis"])
            foreach (var (channel, name) in names.Index())
            {
                byte[] pixels = [.. Enumerable.Range(0, 3 * Size * Size).Select(i => (byte)(i % 3 == channel ? 230 : 20))];
                folder.Write($"{hand}/{name}.png", Rasterizer.Png(pixels, Size));
                images.Add(Caption_Tests.Picture(hand, name, name));
            }
        await DatasetManifest.WriteAsync(folder.Path, images, CancellationToken.None);
        return await PictureSet.LoadAsync(folder.Path, Size, CancellationToken.None);
    }

    sealed class Reports<T>(Action<T> take) : IProgress<T>
    {
        public void Report(T value) => take(value);
    }
}
