using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// Trains the denoising network: equation 1 of Rombach et al. 2022, the CLIP embeddings of a picture's nearest neighbors being
/// all that it is told. Text never enters.
/// </summary>
public sealed class RdmTask : ITrainingTask<UNetModel>
{
    readonly RdmExamples examples;
    readonly int[][] sameSubject;
    readonly UNetConfig network;
    readonly RdmConfig config;
    readonly RdmSheet sheet;
    readonly Device device;
    readonly int pictures, finishes;
    readonly NoiseSchedule schedule;
    readonly DiffusionLoss loss;

    /// <param name="subjects">The subject of each of the M pictures of the examples.</param>
    public RdmTask(
        RdmExamples examples, IReadOnlyList<string> subjects, UNetConfig network, RdmConfig config, RdmSheet sheet, Device device)
    {
        (this.examples, this.network, this.config, this.sheet, this.device) = (examples, network, config, sheet, device);
        pictures = subjects.Count;
        finishes = (int)examples.Embeddings.size(0) / pictures;
        var bySubject = Enumerable.Range(0, pictures).GroupBy(picture => subjects[picture])
            .ToDictionary(group => group.Key, group => group.ToArray());
        sameSubject = [.. subjects.Select(subject => bySubject[subject])];
        schedule = new NoiseSchedule(config.Timesteps, config.LinearStart, config.LinearEnd);
        loss = new DiffusionLoss(schedule, config.Parameterization, config.MaxSignalToNoise);
    }

    public UNetModel CreateNetwork() => new(network);

    public Tensor Loss(UNetModel network, int batchSize, StepRandom random)
    {
        using var scope = NewDisposeScope();
        var choices = random.Choices;
        // Half of the pictures have a finish.
        var batch = Enumerable.Range(0, batchSize)
            .Select(i => Example(choices.Next(pictures), i % 2 == 0 ? 0 : choices.Next(finishes))).ToArray();
        var latents = examples.Latents.Rows(batch).to(ScalarType.Float32) * config.ScaleFactor; // (B, C, h, w)
        // Spread over the batch, so that each has its share of every noise.
        var timesteps = tensor(
            [.. Enumerable.Range(0, batchSize).Select(i => (long)((i + choices.NextDouble()) / batchSize * config.Timesteps))]);
        var noise = randn(latents.shape, generator: random.Noise);
        var type = network.parameters().First().dtype;
        var context = Context(batch, random).to(type, device); // (B, N, D)
        return loss.Of((x, t) => network.forward(x.to(type), t, context),
            latents.to(device), noise.to(device), timesteps.to(device)).MoveToOuterDisposeScope();
    }

    public string Evaluate(UNetModel network, string sheetPath)
    {
        sheet.Draw(network, schedule, config, sheetPath);
        return Path.GetFileName(sheetPath);
    }

    int Example(int picture, int finish) => finish * pictures + picture;

    Tensor Context(int[] batch, StepRandom random)
    {
        var choices = random.Choices;
        var count = 1 + choices.Next(config.MaxNeighbors);
        var hasQuery = choices.NextDouble() < config.QueryShare;
        var neighbors = tensor([.. batch.SelectMany(example => SomeNeighbors(example, count, choices))]);
        var tokens = examples.Embeddings.index_select(0, neighbors).view(batch.Length, count, -1); // (B, k, D)
        if (hasQuery)
        {
            var queries = examples.Embeddings
                .index_select(0, tensor([.. batch.Select(example => StandIn(example, choices))])).unsqueeze(1);
            var noise = randn(queries.shape, generator: random.Noise) * (config.QueryNoise / Math.Sqrt(queries.size(2)));
            tokens = cat([tokens, nn.functional.normalize(queries + examples.QueryShift + noise, dim: 2)], 1); // (B, k + 1, D)
        }
        var shown = tensor(
            [.. batch.Select(_ => choices.NextDouble() < config.ZeroContextShare ? 0f : (float)config.EmbeddingScale)]);
        return tokens * shown.view(-1, 1, 1);
    }

    int[] SomeNeighbors(int example, int count, Random choices)
    {
        var table = choices.NextDouble() < config.OtherHandsShare ? examples.SameFinish : examples.SameStyle;
        int[] places = [.. Enumerable.Range(0, Neighbors.Count)];
        choices.Shuffle(places);
        return [.. places.Take(count).Select(place => table[example, place])];
    }

    // The text of a query tells the subject, not the style: so does the same subject in any finish, half the time from any hand.
    int StandIn(int example, Random choices)
    {
        var picture = example % pictures;
        var others = sameSubject[picture];
        return Example(choices.Next(2) == 0 ? picture : others[choices.Next(others.Length)], choices.Next(finishes));
    }
}
