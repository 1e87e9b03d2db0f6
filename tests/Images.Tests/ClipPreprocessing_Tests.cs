namespace RdmCloud.Images;

public class ClipPreprocessing_Tests
{
    [Fact]
    public void Stretch_KeepsTheCorners()
    {
        // With aligned corners the corner pixels are the corners of the result.
        var image = new RgbImage(3, 2, [255, 0, 0, 9, 9, 9, 0, 255, 0, 0, 0, 255, 9, 9, 9, 255, 255, 255]);
        var prepared = ClipPreprocessing.Stretch(image, 8);
        float[] white = [1.930336f, 2.074884f, 2.145897f], black = [-1.792263f, -1.752097f, -1.480220f];
        for (var channel = 0; channel < 3; channel++)
            foreach (var (at, pixel) in (ReadOnlySpan<(int, int)>)[(0, 0), (7, 2), (56, 3), (63, 5)])
                Assert.Equal(
                    image.Pixels[3 * pixel + channel] == 255 ? white[channel] : black[channel],
                    prepared[64 * channel + at], 1e-4);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    [InlineData(225, 224)]
    public void AnyShape_IsPrepared(int width, int height)
    {
        var gray = new RgbImage(width, height, [.. Enumerable.Repeat((byte)128, 3 * width * height)]);
        foreach (var prepared in (float[][])[ClipPreprocessing.CenterCrop(gray, 224), ClipPreprocessing.Stretch(gray, 224)])
        {
            Assert.Equal(3 * 224 * 224, prepared.Length);
            Assert.All(prepared.Chunk(224 * 224), plane => Assert.Equal(plane[0], plane.Average(), 1e-3));
        }
    }
}
