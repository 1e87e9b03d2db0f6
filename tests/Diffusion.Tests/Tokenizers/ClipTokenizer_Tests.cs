using System.IO.Compression;
using System.Text.Json;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// A vocabulary of four merges: ids 0-511 are bytes, 512 "in", 513 "th", 514 "ing", 515 "the", then start and end.
/// </summary>
public sealed class ClipTokenizer_Tests : IDisposable
{
    const int Start = 516, End = 517;
    static readonly string[] Merges = ["i n", "t h", "in g</w>", "th e</w>"];

    readonly string folder = Directory.CreateTempSubdirectory("clip-tokenizer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Words_AreJoinedByTheirMerges() =>
        Assert.Equal([Start, 515, 512, 514, 514, 513, Letter('i') + 256, End], Load().Encode("The ining  ing thi").Ids);

    [Fact]
    public void HuggingFaceAndClipLayout_GiveTheSameIds()
    {
        var texts = (string[])["the thing in the inn", "<|startoftext|>IN&amp;amp;<|endoftext|>", "naïve 猫 😀 it's"];
        var clip = Load();
        var ids = texts.Select(text => clip.Encode(text).Ids.ToArray()).ToArray();
        WriteHuggingFaceLayout();
        foreach (var path in (string[])[folder, Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt")])
        {
            var huggingFace = ClipTokenizer.Load(path);
            Assert.Equal(ids, texts.Select(text => huggingFace.Encode(text).Ids.ToArray()));
        }
    }

    [Fact]
    public void OverlongPrompt_IsCutAndKeepsItsEnd()
    {
        var tokenizer = Load();
        var fits = tokenizer.Encode(string.Concat(Enumerable.Repeat("the ", 75)));
        Assert.Equal((77, End, false), (fits.Ids.Length, fits.Ids[^1], fits.Truncated));

        var cut = tokenizer.Encode(string.Concat(Enumerable.Repeat("the ", 76)));
        Assert.Equal(fits.Ids, cut.Ids);
        Assert.True(cut.Truncated);
    }

    [Theory]
    [InlineData("i")]
    [InlineData("in")]
    [InlineData("!")]
    [InlineData("&amp;")]
    [InlineData("\ud800")]
    [InlineData("\0")]
    [InlineData("😀 ")]
    public void MillionsOfTheSame_AreCut(string piece)
    {
        var encoded = Load().Encode(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));
        Assert.Equal((77, End, true), (encoded.Ids.Length, encoded.Ids[^1], encoded.Truncated));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\u00a0\u2003")]
    public void NothingToRead_IsStartAndEnd(string text) => Assert.Equal([Start, End], Load().Encode(text).Ids);

    [Fact]
    public void LowerCase_FollowsUnicode()
    {
        var tokenizer = Load();
        (string, string)[] pairs = [("İ", "i\u0307"), ("ΟΔΟΣ ΣΟΣ", "οδος σος"), ("ẞ", "ß"), ("𐐀", "𐐨"), ("ÉCOLE", "école")];
        foreach (var (upper, lower) in pairs)
            Assert.Equal(tokenizer.Encode(lower).Ids, tokenizer.Encode(upper).Ids);
    }

    [Fact]
    public void LettersBeyondTheBasicPlane_AreOneWord()
    {
        var ids = Load().Encode("𠀀a").Ids;
        Assert.All(ids[1..^2], id => Assert.InRange(id, 0, 255));
        Assert.Equal(Letter('a') + 256, ids[^2]);
    }

    [Fact]
    public void MissingFiles_AreNamed() =>
        Assert.Contains("vocab.json", Assert.Throws<FileNotFoundException>(() => ClipTokenizer.Load(folder)).Message);

    [Theory]
    [InlineData("{", "#version\ni n")]
    [InlineData("{}", "#version\ni n")]
    [InlineData("{\"a\":1}", "#version\nthree pieces here")]
    public void BrokenFiles_AreOneClearError(string vocab, string merges)
    {
        File.WriteAllText(Path.Combine(folder, "vocab.json"), vocab);
        File.WriteAllText(Path.Combine(folder, "merges.txt"), merges);
        Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(folder));
    }

    [Fact]
    public void CompressedFileThatGrowsWithoutEnd_IsRefused()
    {
        using (var stream = new GZipStream(File.Create(ClipPath), CompressionLevel.SmallestSize))
            stream.Write(new byte[40 << 20]);
        Assert.Contains("MB", Assert.Throws<InvalidDataException>(() => ClipTokenizer.Load(ClipPath)).Message);
    }

    string ClipPath => Path.Combine(folder, "bpe_simple_vocab_16e6.txt.gz");

    // The printable ASCII bytes have the first ids.
    static int Letter(char letter) => letter - '!';

    ClipTokenizer Load()
    {
        using (var writer = new StreamWriter(new GZipStream(File.Create(ClipPath), CompressionLevel.Fastest)))
            writer.Write($"\"merges\"\n{string.Join('\n', Merges)}\n");
        return ClipTokenizer.Load(ClipPath);
    }

    void WriteHuggingFaceLayout()
    {
        File.Delete(ClipPath);
        var printable = Enumerable.Range(0, 256)
            .Where(value => value is >= 33 and <= 126 or >= 161 and <= 172 or >= 174).ToArray();
        var bytes = printable.Concat(Enumerable.Range(256, 256 - printable.Length)).Select(value => $"{(char)value}").ToArray();
        string[] tokens =
        [
            .. bytes, .. bytes.Select(value => value + "</w>"), .. Merges.Select(merge => merge.Replace(" ", "")),
            "<|startoftext|>", "<|endoftext|>",
        ];
        var vocabulary = tokens.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), JsonSerializer.Serialize(vocabulary));
        File.WriteAllText(Path.Combine(folder, "merges.txt"), $"#version: 0.2\n{string.Join('\n', Merges)}\n");
    }
}
