namespace RdmCloud.Images;

public class LossyWriters_Tests
{
    static readonly byte[] jpeg = [0xFF, 0xD8, 0xFF], webP = [.. "RIFF"u8];

    public static TheoryData<string, Func<RgbImage, int, byte[]>, byte[]> Writers => new()
    {
        { "JPEG", JpegWriter.Encode, jpeg },
        { "WebP", WebPWriter.Encode, webP },
    };

    [Theory, MemberData(nameof(Writers))]
    public void Picture_ComesBackAlmostAsItWas(string name, Func<RgbImage, int, byte[]> encode, byte[] start)
    {
        var image = Gradient();
        var file = encode(image, 90);
        Assert.Equal(start, file[..start.Length]);
        var back = ImageFile.Read(new MemoryStream(file));
        Assert.Equal((image.Width, image.Height), (back.Width, back.Height));
        var difference = image.Pixels.Zip(back.Pixels, (a, b) => Math.Abs(a - b)).Average();
        Assert.True(difference is > 0 and < 3, $"{name} is off by {difference}");
    }

    [Theory, MemberData(nameof(Writers))]
    public void LowerQuality_TakesLessRoom(string name, Func<RgbImage, int, byte[]> encode, byte[] start)
    {
        var (low, high) = (encode(Gradient(), 10), encode(Gradient(), 95));
        Assert.True(low.Length < high.Length, $"{name} takes {low.Length} bytes, and {high.Length}");
        Assert.Equal(start, low[..start.Length]);
    }

    [Theory, MemberData(nameof(Writers))]
    public void SamePicture_GivesTheSameBytes(string name, Func<RgbImage, int, byte[]> encode, byte[] start)
    {
        Assert.True(encode(Gradient(), 90).SequenceEqual(encode(Gradient(), 90)), name);
        Assert.NotEmpty(start);
    }

    static RgbImage Gradient()
    {
        var image = new RgbImage(48, 32);
        for (var i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = (byte)(i % 3 * 60 + i / 3 % 48 * 2 + i / 144 * 2);
        return image;
    }
}
