using System.Text.Json;

namespace RdmCloud.Diffusion.Tokenizers;

[Trait("Category", "Parity")]
public class ClipTokenizer_Golden_Tests
{
    const string Merges = "bpe_simple_vocab_16e6.txt.gz";

    sealed record GoldenText(string Text, int[] Ids, int[] Padded77);

    [Fact]
    public void EveryFixtureText_HasTheOriginalsIds() => Compare(Fixtures.Find("clip-tokenizer", "golden.json", Merges));

    [Fact]
    public void EveryTextOfTheProjectsOwnCopy_HasTheOriginalsIds() => Compare(Path.Combine(Fixtures.Own, "clip-tokenizer"));

    void Compare(string goldenFolder)
    {
        var tokenizer = ClipTokenizer.Load(Fixtures.Find("clip-tokenizer", Merges));
        var file = File.ReadAllBytes(Path.Combine(goldenFolder, "golden.json"));
        var golden = JsonSerializer.Deserialize<GoldenText[]>(file, JsonSerializerOptions.Web)!;
        foreach (var (text, ids, padded) in golden)
        {
            var whole = tokenizer.Encode(text, ids.Length + 2);
            Assert.Equal(ids, whole.Ids[1..^1]);
            Assert.False(whole.Truncated);

            var cut = tokenizer.Encode(text);
            Assert.Equal(ids.Length > 75, cut.Truncated);
            // The fixture cuts the end token off with the rest; it is kept here.
            Assert.Equal(cut.Truncated ? padded[..76] : padded, cut.Truncated ? cut.Ids[..76] : cut.Ids);
            Assert.Equal(whole.Ids[^1], cut.Ids[^1]);
        }
        ParityReport.Add("clip-tokenizer", 0);
    }
}
