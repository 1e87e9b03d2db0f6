namespace RdmCloud.Images;

public class BarChart_Tests
{
    [Fact]
    public void Bars_AreAsHighAsTheirShares_AndWhatIsNotANumberHasNone()
    {
        var chart = BarChart.Render(["one", "two"], [("first", [1, 0.5]), ("second", [double.NaN, 0])]);

        var blue = Enumerable.Range(0, chart.Width * chart.Height)
            .Where(pixel => chart.Pixels.AsSpan(3 * pixel, 3).SequenceEqual((ReadOnlySpan<byte>)[0x25, 0x63, 0xEB]))
            .ToArray();
        var heights = blue.GroupBy(pixel => pixel % chart.Width).Where(column => column.Key > 45)
            .OrderBy(column => column.Key).Select(column => column.Count()).Distinct();
        Assert.Equal([260, 130], heights);
    }

    [Fact]
    public void MoreSeriesThanColors_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        BarChart.Render(["one"], [("a", [1]), ("b", [1]), ("c", [1]), ("d", [1])]));
}
