using NetVips;

namespace RdmCloud.Training.Data;

public sealed class Rasterizer_Tests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Svg_IsDrawnOnWhite()
    {
        var icon = new Icon("<path fill=\"#f00\" d=\"M0 0h8v16H0z\"/>", 0, 0, 16, 16);

        var rgb = Rasterizer.Svg(icon.ToSvg(4), 4);

        byte[] row = [255, 0, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255];
        Assert.Equal([.. row, .. row, .. row, .. row], rgb);
    }

    [Fact]
    public void SvgThatIsNone_IsRefused() =>
        Assert.Throws<DatasetException>(() => Rasterizer.Svg("<svg", 4));

    [Fact]
    public void TransparentOblongFile_IsFittedOnWhite()
    {
        using var image = Image.Black(8, 4).NewFromImage(0, 0, 255, 255).Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        _folder.Write("blue.webp", image.WebpsaveBuffer(lossless: true));

        var rgb = Rasterizer.File(Path.Combine(_folder.Path, "blue.webp"), 4);

        byte[] white = [.. Enumerable.Repeat((byte)255, 12)];
        byte[] blue = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 255];
        Assert.Equal([.. white, .. blue, .. blue, .. white], rgb);
    }

    [Fact]
    public void Png_HoldsThePictureAndIsTheSameEveryTime()
    {
        byte[] rgb = [.. Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)i)];

        var png = Rasterizer.Png(rgb, 16);

        Assert.Equal(png, Rasterizer.Png(rgb, 16));
        using var image = Image.NewFromBuffer(png);
        Assert.Equal(rgb, image.WriteToMemory<byte>());
    }
}
