namespace RdmCloud.Images;

public class Png_Tests
{
    static readonly Dictionary<string, string> Texts = new()
    {
        ["prompt"] = "naïve café\nsecond line",
        ["neighbors"] = "猫 😀 „x“",
        ["empty"] = "",
    };

    [Fact]
    public void PixelsAndTexts_ComeBack()
    {
        var image = Noise(33, 17);
        var png = PngWriter.Encode(image, Texts);
        Assert.Equal(Texts, PngText.Read(new MemoryStream(png)));
        Assert.Equal(image.Pixels, ImageFile.Read(new MemoryStream(png)).Pixels);
    }

    [Fact]
    public void SamePicture_GivesTheSameBytes() =>
        Assert.Equal(PngWriter.Encode(Noise(64, 64), Texts), PngWriter.Encode(Noise(64, 64), Texts));

    [Fact]
    public void NulInAText_IsLeftOut() =>
        Assert.Equal("ab", PngText.Read(new MemoryStream(PngWriter.Encode(new RgbImage(1, 1), [new("k", "a\0b")])))["k"]);

    [Theory]
    [InlineData("")]
    [InlineData("clé")]
    public void BadKeyword_IsRefused(string keyword) =>
        Assert.Throws<ArgumentException>(() => PngWriter.Encode(new RgbImage(1, 1), [new(keyword, "text")]));

    [Fact]
    public void DamagedText_IsRefused()
    {
        var png = PngWriter.Encode(new RgbImage(1, 1), [new("k", "text")]);
        png[45] ^= 1;
        Assert.Contains("checksum", Assert.Throws<ImageException>(() => PngText.Read(new MemoryStream(png))).Message);
    }

    [Fact]
    public void AnyCutOrHugeLength_IsOneClearError()
    {
        var png = PngWriter.Encode(new RgbImage(1, 1), Texts);
        for (var length = 0; length < png.Length - 12; length++)
            Assert.Throws<ImageException>(() => PngText.Read(new MemoryStream(png, 0, length)));
        png[33] = 0xFF;
        Assert.Throws<ImageException>(() => PngText.Read(new MemoryStream(png)));
    }

    static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
