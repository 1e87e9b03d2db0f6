using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Benchmarks;

/// <summary>CLIP ViT-B/32's text tower on a prompt of ten words, cut at its end token and padded to 77.</summary>
sealed class ClipText : IBenchmark
{
    const int Rounds = 15, Tokens = 12, EndToken = 49407;

    static readonly ClipTextConfig config = new()
    {
        EmbedDim = 512,
        ContextLength = 77,
        VocabSize = 49408,
        Width = 512,
        Heads = 8,
        Layers = 12,
    };

    public string Name => "clip-text";

    public void Run() => Report.Table("CLIP's text tower (ViT-B/32), one prompt of 12 tokens, 1 thread", 1, conclude =>
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var tower = new ClipTextTransformer(config);
        foreach (var weight in tower.parameters().Where(weight => weight.dim() > 1))
            weight.normal_(0, 1 / Math.Sqrt(config.Width));
        var words = randint(1000, 40000, [1, Tokens - 1]);
        var cut = cat([words, tensor(new long[] { EndToken }).unsqueeze(0)], 1);
        var padded = cat([cut, zeros(1, config.ContextLength - Tokens, dtype: ScalarType.Int64)], 1);
        var expected = tower.forward(padded);
        var difference = (tower.forward(cut) - expected).abs().max() / expected.abs().max();
        var timings = Interleaved.Measure(
        [
            new("padded to 77", () => tower.forward(padded).Dispose()),
            new("cut at the end token", () => tower.forward(cut).Dispose()),
        ], Rounds);
        Report.Head("", "best ms", "median ms");
        foreach (var timing in timings)
            Report.Row(timing.Name, $"{timing.Best:f1}", $"{timing.Median:f1}");
        conclude(Report.Verdict("faster by", timings[0].Median / timings[1].Median, 3.5, atMost: false));
        conclude($"greatest difference, relative to the greatest value: {difference.item<float>():e1}, goal ≤ 1e-5");
        conclude(Report.Verdict("cut", timings[1].Median, 20, unit: " ms"));
    });
}
