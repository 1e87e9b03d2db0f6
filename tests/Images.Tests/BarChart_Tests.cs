namespace RdmCloud.Images;

public class BarChart_Tests
{
    [Fact]
    public void Bars_AreAsHighAsTheirShares_AndWhatIsNotANumberHasNone()
    {
        var chart = BarChart.Render(["one", "two"], [("first", [1, 0.5]), ("second", [double.NaN, 0])]);

        var blue = Enumerable.Range(0, chart.Width * chart.Height).Where(pixel => chart.Pixels.AsSpan(3 * pixel, 3).SequenceEqual((ReadOnlySpan<byte>)[0x25, 0x63, 0xEB])).ToArray();
        var columns = blue.GroupBy(pixel => pixel % chart.Width).Where(column => column.Key > 100).OrderBy(column => column.Key).Select(column => column.Count()).ToArray();
        Assert.Equal(2, columns.Distinct().Count(height => height > 100));
        Assert.Equal(260, blue.GroupBy(pixel => pixel % chart.Width).Max(column => column.Count()), 15.0);
        Assert.Contains(130, columns);
    }

    [Fact]
    public void MoreSeriesThanColors_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        BarChart.Render(["one"], [("a", [1]), ("b", [1]), ("c", [1]), ("d", [1])]));
}
