namespace RdmCloud.Diffusion.Tokenizers;

public sealed class WordPieceTokenizer_Tests : IDisposable
{
    static readonly string[] Vocabulary =
        ("[PAD] [UNK] [CLS] [SEP] [MASK] hello world un ##aff ##able a ##b ##c b cafe strasse straße σος й и 猫 犬 "
            + "\u1112 ##\u1161 ##\u11ab ! , . ' = < ~ ` “ ” ’ x it s 2 ##")
            .Split(' ');

    readonly string folder = Directory.CreateTempSubdirectory("wordpiece-").FullName;
    readonly WordPieceTokenizer tokenizer;

    public WordPieceTokenizer_Tests()
    {
        File.WriteAllLines(Path.Combine(folder, "vocab.txt"), Vocabulary);
        tokenizer = WordPieceTokenizer.Load(folder, 16);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("", "")]
    [InlineData(" \t\n\u00a0\u2003\u3000", "")]
    [InlineData("Hello, WORLD!", "hello , world !")]
    [InlineData("unaffable abc cab", "un ##aff ##able a ##b ##c [UNK]")]
    [InlineData("CAFÉ cafe\u0301", "cafe cafe")]
    [InlineData("STRASSE Straße STRAẞE ΣΟΣ", "strasse straße straße [UNK]")]
    [InlineData("Й", "и")]
    [InlineData("猫犬a猫\ufa20", "猫 犬 a 猫 [UNK]")]
    [InlineData("𠀀猫", "[UNK] 猫")]
    [InlineData("한", "\u1112 ##\u1161 ##\u11ab")]
    [InlineData("a\0b\u0001c a\u200bb a\u00adb\ufffd", "a ##b ##c a ##b a ##b")]
    [InlineData("a\u00a0b\u2028x\r\nx", "a b x x")]
    [InlineData("it's “x’”", "it ' s “ x ’ ”")]
    [InlineData("x=x<x~`≠", "x = x < x ~ ` =")]
    [InlineData("[MASK]hello[CLS] [mask]", "[MASK] hello [CLS] [UNK] [UNK] [UNK]")]
    [InlineData("\ud800x ⅷ ２ 2", "x [UNK] [UNK] 2")]
    [InlineData("## #", "[UNK] [UNK] [UNK]")]
    public void Text_FollowsBertsRules(string text, string pieces)
    {
        var ids = pieces.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(piece => Array.IndexOf(Vocabulary, piece));
        Assert.Equal([2, .. ids, 3], tokenizer.Encode(text).Ids);
    }

    [Fact]
    public void WordOfOver100Characters_IsUnknown()
    {
        Assert.Equal([2, 10, .. Enumerable.Repeat(11, 13), 3], tokenizer.Encode("a" + new string('b', 99)).Ids);
        Assert.Equal([2, 1, 5, 3], tokenizer.Encode("a" + new string('b', 100) + " hello").Ids);
    }

    [Fact]
    public void OverlongPrompt_IsCutAndKeepsItsEnd()
    {
        var fits = tokenizer.Encode(string.Concat(Enumerable.Repeat("hello ", 14)));
        Assert.Equal((16, 3, false), (fits.Ids.Length, fits.Ids[^1], fits.Truncated));
        var cut = tokenizer.Encode(string.Concat(Enumerable.Repeat("hello ", 15)));
        Assert.Equal(fits.Ids, cut.Ids);
        Assert.True(cut.Truncated);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("!")]
    [InlineData("猫")]
    [InlineData("\0")]
    [InlineData("\u0301")]
    [InlineData("[")]
    public void MillionOfTheSame_EndsInContext(string piece)
    {
        var ids = tokenizer.Encode(string.Concat(Enumerable.Repeat(piece, 1_000_000))).Ids;
        Assert.Equal((2, 3), (ids[0], ids[^1]));
        Assert.InRange(ids.Length, 2, 16);
    }

    [Fact]
    public void MissingVocabulary_IsNamed() =>
        Assert.Contains(
            "vocab.txt",
            Assert.Throws<FileNotFoundException>(() => WordPieceTokenizer.Load(Path.Combine(folder, "none"))).Message);

    [Fact]
    public void FileWithoutTheSpecialTokens_IsRefused()
    {
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), "hello\nworld\n");
        Assert.Contains("[CLS]", Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Load(folder)).Message);
    }
}
