using RdmCloud.Diffusion.Networks;
using RdmCloud.Training.Data;
using RdmCloud.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

public class RdmTask_Tests
{
    const int Size = 16, Subjects = 24;

    static readonly string[] Hands = ["red", "green"];
    static readonly TrainingConfig Training = new()
    {
        Steps = 6, BatchSize = 4, LearningRate = 1e-3, WarmUpSteps = 1, LogSteps = 1, Muon = true,
    };

    [Fact]
    public async Task Run_ExamplesSavedAndLoaded_TrainsAndDrawsASheet()
    {
        using var folder = new TemporaryFolder();
        var pictures = await Pictures(folder);
        var autoencoder = new AutoencoderKL(ToyNetworks.Autoencoder);
        Initialization.Fill(autoencoder, seed: 1);
        PictureChoice[] plain = [.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index))];
        PictureChoice[] night = [.. plain.Select(choice => choice with { Finish = Finishes.Find("night") })];
        RdmExamples.Compute(
            folder.Path, pictures, [.. plain, .. night], [.. pictures.Images.Select(image => image.Hand)],
            autoencoder.Encode, Embed, ones(8), new Reports<int>(_ => { }), CancellationToken.None).Dispose();
        using var examples = RdmExamples.Load(folder.Path);
        using var sheet = new RdmSheet(
            pictures, plain[..2], Embed(pictures.Batch(plain[..2])), [("plain", plain), ("night", night)], autoencoder, Embed);
        var task = new RdmTask(
            examples, [.. pictures.Images.Select(image => image.Key)], ToyNetworks.UNet,
            new RdmConfig { ScaleFactor = 1 }, sheet, CPU);
        var lines = new List<TrainingProgress>();

        new Trainer<UNetModel>(task, Training, folder.Path, TimeProvider.System)
            .Run(new Reports<TrainingProgress>(lines.Add), new Reports<string>(_ => { }), CancellationToken.None);

        Assert.All(lines, line => Assert.InRange(line.Loss, 0.01, 5));
        Assert.True(File.Exists(Path.Combine(folder.Path, "sheet-0000006.png")));
    }

    [Fact]
    public async Task Compute_OfManyBatches_KeepsNoPicture()
    {
        using var folder = new TemporaryFolder();
        var pictures = await Pictures(folder);
        PictureChoice[] plain = [.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index))];
        PictureChoice[] choices = [.. Enumerable.Repeat(plain, 9).SelectMany(choice => choice)];
        var live = new List<long>();
        RdmExamples.Compute(
            folder.Path, pictures, choices, [.. pictures.Images.Select(image => image.Hand)],
            images => images.to(CPU), Embed, ones(8),
            new Reports<int>(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount)), CancellationToken.None).Dispose();
        Assert.InRange(live.Count, 3, choices.Length);
        Assert.Equal(2 * (live.Count - 1), live[^1] - live[0]); // of each batch its latents and its embeddings
    }

    [Fact]
    public async Task Compute_Neighbors_StayInTheFinishAndInTheStyle()
    {
        using var folder = new TemporaryFolder();
        var pictures = await Pictures(folder);
        PictureChoice[] plain = [.. Enumerable.Range(0, pictures.Images.Count).Select(index => new PictureChoice(index))];
        PictureChoice[] night = [.. plain.Select(choice => choice with { Finish = Finishes.Find("night") })];

        using var examples = RdmExamples.Compute(
            folder.Path, pictures, [.. plain, .. night], [.. pictures.Images.Select(image => image.Hand)],
            images => images, Embed, ones(8), new Reports<int>(_ => { }), CancellationToken.None);

        for (var example = 0; example < 2 * plain.Length; example++)
            for (var i = 0; i < Neighbors.Count; i++)
            {
                Assert.Equal(example / plain.Length, examples.SameFinish[example, i] / plain.Length);
                Assert.Equal(example / plain.Length, examples.SameStyle[example, i] / plain.Length);
                Assert.Equal(
                    pictures.Images[example % plain.Length].Hand,
                    pictures.Images[examples.SameStyle[example, i] % plain.Length].Hand);
                Assert.NotEqual(example, examples.SameStyle[example, i]);
            }
    }

    // Any fixed map of pixels to directions will do.
    static Tensor Embed(Tensor images)
    {
        using var scope = NewDisposeScope();
        return nn.functional.normalize(images.flatten(1).matmul(randn([3 * Size * Size, 8], generator: new Generator(9))), dim: 1)
            .MoveToOuterDisposeScope();
    }

    static async Task<PictureSet> Pictures(TemporaryFolder folder)
    {
        var random = new Random(1);
        var images = Hands.SelectMany(hand => Enumerable.Range(0, Subjects).Select(subject =>
            new DatasetImage(
                $"{hand}/{subject}.png", hand, $"{subject}", $"thing {subject}", [], [], "Things", "train", "none", "MIT", "us")))
            .ToArray();
        foreach (var image in images)
        {
            var pixels = new byte[3 * Size * Size];
            random.NextBytes(pixels);
            folder.Write(image.File, Rasterizer.Png(pixels, Size));
        }
        await DatasetManifest.WriteAsync(folder.Path, images, CancellationToken.None);
        return await PictureSet.LoadAsync(folder.Path, Size, CancellationToken.None);
    }
}
