using System.Buffers.Binary;
using SkiaSharp;

namespace RdmCloud.Images;

public class ImageFile_Tests
{
    [Fact]
    public void TransparentPixel_ShowsItsColorOrWhite()
    {
        var png = Encode(SKEncodedImageFormat.Png, 200, 100, 50, 51);
        Assert.Equal([200, 100, 50], ImageFile.Read(new MemoryStream(png)).Pixels[..3]);
        Assert.Equal([244, 224, 214], ImageFile.Read(new MemoryStream(png), Transparency.OnWhite).Pixels[..3]);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Png)]
    public void CommonFormat_IsRead(SKEncodedImageFormat format)
    {
        var image = ImageFile.Read(new MemoryStream(Encode(format, 200, 100, 50, 255)));
        Assert.Equal((16, 8), (image.Width, image.Height));
        byte[] color = [200, 100, 50];
        for (var i = 0; i < image.Pixels.Length; i++)
            Assert.InRange(image.Pixels[i], color[i % 3] - 5, color[i % 3] + 5);
    }

    [Fact]
    public void TinyGifAndBmp_AreRead()
    {
        var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=");
        Assert.Equal([5, 4, 4], ImageFile.Read(new MemoryStream(gif)).Pixels);
        byte[] bmp =
        [
            .. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, // file header: size, offset of the pixels
            40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, .. new byte[25], 3, 2, 1, 0,
        ];
        Assert.Equal([1, 2, 3], ImageFile.Read(new MemoryStream(bmp)).Pixels);
    }

    [Fact]
    public void HeaderOfAHugePicture_IsRefusedBeforeDecoding()
    {
        var png = PngWriter.Encode(new RgbImage(4, 4));
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17)));
        Assert.Contains("100000 x 100000", Assert.Throws<ImageException>(() => ImageFile.Read(new MemoryStream(png))).Message);
    }

    [Fact]
    public void AnyCutOrNoFile_IsOneClearError()
    {
        Assert.Throws<ImageException>(() => ImageFile.Read(new MemoryStream("no picture"u8.ToArray())));
        Assert.Throws<ImageException>(() => ImageFile.Read(Stream.Null));
        var noise = new RgbImage(16, 16);
        new Random(1).NextBytes(noise.Pixels);
        var png = PngWriter.Encode(noise);
        for (var length = 0; length < png.Length - 40; length += 7)
            Assert.Throws<ImageException>(() => ImageFile.Read(new MemoryStream(png, 0, length)));
    }

    [Fact]
    public void ErrorOfAFile_NamesIt()
    {
        var path = Path.GetTempFileName();
        try
        {
            Assert.Contains(path, Assert.Throws<ImageException>(() => ImageFile.Read(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact, Trait("Category", "Fuzz")]
    public void MutatedFiles_AreReadOrRefused()
    {
        var random = new Random(1);
        SKEncodedImageFormat[] formats = [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp];
        foreach (var format in formats)
        {
            var original = Encode(format, 200, 100, 50, 51);
            for (var round = 0; round < 2000; round++)
            {
                var mutated = original[..random.Next(1, original.Length + 1)];
                for (var change = random.Next(4); change >= 0; change--)
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                Assert.True(Record.Exception(() => ImageFile.Read(new MemoryStream(mutated))) is null or ImageException);
            }
        }
    }

    static byte[] Encode(SKEncodedImageFormat format, byte red, byte green, byte blue, byte alpha)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 8, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(red, green, blue, alpha));
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
