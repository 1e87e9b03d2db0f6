namespace RdmCloud.Images;

public class ContactSheet_Tests
{
    [Theory]
    [InlineData(64, 0, 3, 4)]
    [InlineData(256, 8, 2, 3)]
    [InlineData(96, 20, 2, 2)]
    public void Sheet_HoldsEveryPictureUnchanged(int size, int neighbors, int rows, int columns)
    {
        var pictures = Enumerable.Range(0, rows * columns).Select(i => Fill(size, size, (byte)(20 + i), 100, 200)).ToArray();
        var thumbnail = Fill(50, 30, 250, 20, 20);
        var sheet = ContactSheet.Render(
            [.. Enumerable.Range(0, columns).Select(column => $"fluent-3d number {column}")],
            [.. pictures.Chunk(columns).Select((row, i) => new ContactSheetRow(
                $"{i}: a painting of a virus monster playing guitar",
                [.. row.Select(picture => new ContactSheetCell(picture, [.. Enumerable.Repeat(thumbnail, neighbors)]))]))]);

        var counts = sheet.Pixels.Chunk(3).CountBy(pixel => (pixel[0], pixel[1], pixel[2])).ToDictionary();
        for (var i = 0; i < pictures.Length; i++)
            Assert.Equal(size * size, counts[((byte)(20 + i), 100, 200)]);
        Assert.Equal(neighbors > 0, counts.ContainsKey((250, 20, 20)));
        AssertWhiteEdge(sheet);
    }

    [Fact]
    public void EndlessLabels_StayInsideTheSheet()
    {
        var endless = string.Concat(Enumerable.Repeat("😀endless label\ud800", 2000));
        var sheet = ContactSheet.Render(
            [endless, endless],
            [new(endless, [Cell(64, 64), Cell(64, 64)]), new(endless.Replace(" ", ""), [Cell(64, 64)])]);
        Assert.InRange(sheet.Width, 128, 500);
        AssertWhiteEdge(sheet);
    }

    [Fact]
    public void NoLabelsAtAll_LeaveNoRoomForThem()
    {
        var sheet = ContactSheet.Render([], [new("", [Cell(200, 100)])]);
        Assert.Equal((248, 148), (sheet.Width, sheet.Height));
    }

    [Fact]
    public void DifferentSizesOrNothing_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => ContactSheet.Render([], []));
        Assert.Throws<ArgumentException>(() => ContactSheet.Render([], [new("", [Cell(10, 10), Cell(10, 11)])]));
    }

    [Fact]
    public void SheetBeyondAllBounds_IsRefused()
    {
        var row = new ContactSheetRow("", [.. Enumerable.Repeat(Cell(1000, 1000), 10)]);
        Assert.Throws<ImageException>(() => ContactSheet.Render([], [.. Enumerable.Repeat(row, 10)]));
    }

    static void AssertWhiteEdge(RgbImage sheet)
    {
        var dark = Enumerable.Range(0, sheet.Width * sheet.Height).Where(at => sheet.Pixels[3 * at] < 255)
            .Select(at => (X: at % sheet.Width, Y: at / sheet.Width)).ToArray();
        Assert.InRange(dark.Min(pixel => pixel.X), 16, sheet.Width);
        Assert.InRange(dark.Min(pixel => pixel.Y), 16, sheet.Height);
        Assert.InRange(dark.Max(pixel => pixel.X), 0, sheet.Width - 16);
        Assert.InRange(dark.Max(pixel => pixel.Y), 0, sheet.Height - 16);
    }

    static ContactSheetCell Cell(int width, int height) => new(Fill(width, height, 10, 100, 200), []);

    static RgbImage Fill(int width, int height, byte red, byte green, byte blue)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Pixels.Length; i += 3)
            (image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]) = (red, green, blue);
        return image;
    }
}
