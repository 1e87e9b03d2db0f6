namespace RdmCloud.Images;

public class Resampling_Tests
{
    [Fact]
    public void SameSize_IsTheSamePicture()
    {
        var image = Noise(7, 5);
        Assert.Equal(image.Pixels, Resampling.Bicubic(image, 7, 5).Pixels);
    }

    [Theory]
    [InlineData(31, 20)]
    [InlineData(200, 90)]
    public void Window_IsThatPartOfTheWholeResult(int width, int height)
    {
        var image = Noise(100, 70);
        var whole = Resampling.Bicubic(image, width, height);
        var part = Resampling.Bicubic(image, width, height, new PixelWindow(5, 3, 20, 11));
        for (var y = 0; y < 11; y++)
            Assert.Equal(
                whole.Pixels[(3 * ((y + 3) * width + 5))..(3 * ((y + 3) * width + 25))],
                part.Pixels[(60 * y)..(60 * y + 60)]);
    }

    [Fact]
    public void SharpEdge_OvershootsAndIsClipped()
    {
        // Enlarged twice, cubic convolution overshoots on both sides of a step; 52 and 203 are the kernel at the middle.
        var step = new RgbImage(4, 1, [0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255]);
        Assert.Equal([0, 0, 0, 52, 203, 255, 255, 255], Resampling.Bicubic(step, 8, 1).Pixels.Where((_, i) => i % 3 == 0));
    }

    static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
