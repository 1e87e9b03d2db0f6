using RdmCloud.Diffusion.Import;

namespace RdmCloud.Diffusion.Models;

/// <summary>Texts that are embedded together, with either kind of text tower.</summary>
public sealed class EmbedTexts_Tests : IDisposable
{
    static readonly string[] prompts =
    [
        "", "a red heart", "a cat", "a very long description of a small house by the sea under a sky full of stars at night",
        "a red heart", "two dogs playing with a ball", string.Join(' ', Enumerable.Repeat("cat", 100)), "愛",
    ];

    readonly string scratch = Directory.CreateTempSubdirectory("rdm-embed-").FullName;

    [Fact]
    public void TextsTogether_GetTheNumbersOfEachAlone_FromABert()
    {
        using var model = new RdmModel(ModelDirectory.Open(Path.Combine(Fixtures.Root, "models", "preview-rdm")));
        AssertSameAsAlone(model);
    }

    [Fact]
    public async Task TextsTogether_GetTheNumbersOfEachAlone_FromAClip()
    {
        const string merges = "bpe_simple_vocab_16e6.txt.gz";
        var pipeline = Fixtures.Find("pipeline", "model.ckpt");
        var clip = Directory.CreateDirectory(Path.Combine(scratch, "clip")).FullName;
        File.Copy(Path.Combine(Fixtures.Find("clip"), "openai-naming.safetensors"), Path.Combine(clip, "model.safetensors"));
        File.Copy(Path.Combine(Fixtures.Find("clip-tokenizer", merges), merges), Path.Combine(clip, merges));
        var imported = await new ModelImporter().ImportAsync(new()
        {
            Checkpoint = Path.Combine(pipeline, "model.ckpt"),
            Config = Path.Combine(pipeline, "config.yaml"),
            Clip = clip,
            Output = Path.Combine(scratch, "model"),
        }, TestContext.Current.CancellationToken);
        using var model = new RdmModel(imported.Model);
        AssertSameAsAlone(model);
    }

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    static void AssertSameAsAlone(RdmModel model)
    {
        var together = model.EmbedTexts(prompts);
        Assert.Equal(prompts.Length, together.Count);
        foreach (var (prompt, (embedding, truncated)) in prompts.Zip(together))
        {
            var alone = model.EmbedText(prompt);
            Assert.Equal(alone.Truncated, truncated);
            Assert.InRange(alone.Embedding.Zip(embedding, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        }
        Assert.NotEqual(together[1].Embedding, together[2].Embedding);
        Assert.Equal([false, false, false, false, false, false, true, false], together.Select(text => text.Truncated));
    }
}
