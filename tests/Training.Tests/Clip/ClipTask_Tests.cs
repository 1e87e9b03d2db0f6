using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
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

    [Fact]
    public async Task Run_AFewSteps_LowersTheLossAndKeepsTheRunningStatistics()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var pictures = await Pictures(folder);
        var tower = new BertTextTower(Text);
        Initialization.Fill(tower, 3);
        folder.Write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nred\nlime\nblue\n");
        using var texts = TextFeatures.Compute(
            Captions.AllTexts(pictures.Images, ClipBatches.TrainedFinishes), Diffusion.Tokenizers.WordPieceTokenizer.Load(folder.Path, 16), tower, CancellationToken.None);
        var image = new ClipImageConfig { EmbedDim = 16, ImageResolution = Size, Layers = [1, 1, 1, 1], Width = 16 };
        var config = new TrainingConfig { Steps = 30, BatchSize = 6, LearningRate = 5e-3, WarmUpSteps = 5, LogSteps = 10, Seed = 4 };
        var losses = new List<double>();

        var trainer = new Trainer<ClipNetwork>(new ClipTask(pictures, texts, image, Text, CPU), config, folder.Path, TimeProvider.System);
        trainer.Run(new Reports<TrainingProgress>(line => losses.Add(line.Loss)), new Reports<string>(_ => { }), CancellationToken.None);

        Assert.True(losses[^1] < 0.9 * losses[0], $"{losses[0]} became {losses[^1]}");
        var trained = new ClipNetwork(image, Text);
        TensorFile.ReadWeights(trainer.WeightsPath, trained);
        Assert.True(trained.state_dict()["visual.bn1.running_var"].sub(1).abs().max().item<float>() > 0.1);
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
