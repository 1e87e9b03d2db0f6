using System.Security.Cryptography;

namespace RdmCloud.Training.Data;

public class Finishes_Tests
{
    const int Width = 64;

    // Soft color ramps with a hard-edged black and a hard-edged colored square, and white around.
    static readonly byte[] Picture =
    [
        .. from y in Enumerable.Range(0, Width)
           from x in Enumerable.Range(0, Width)
           from value in Color(x, y)
           select (byte)value,
    ];

    [Theory]
    [InlineData("night", "e50265d65606295c")]
    [InlineData("blueprint", "20d2842c28591202")]
    [InlineData("neon", "815ebb216fa519bc")]
    [InlineData("sketch", "7d8d7eea0f2d475f")]
    [InlineData("sepia", "000de4f1af83e272")]
    [InlineData("pink", "55caa36bc4141cd7")]
    [InlineData("ice", "d952ffb91a5ad3bd")]
    [InlineData("gold", "00171b4ad9133948")]
    [InlineData("poster", "a2b3a16895e332c3")]
    [InlineData("crt", "97d0b81f2a189633")]
    [InlineData("pixel", "01d2992f6cfb1146")]
    [InlineData("swap", "262f577ffa298327")]
    [InlineData("halftone", "253a4a929663ebde")]
    public void Finish_GivesTheSameBytesEverywhere(string id, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Finishes.Find(id).Apply(Picture, Width)))[..16]);

    [Fact]
    public void Finishes_AllLookDifferent()
    {
        var pictures = Finishes.All.Select(finish => finish.Apply(Picture, Width)).Prepend(Picture).ToArray();

        foreach (var (index, one) in pictures.Index())
            foreach (var other in pictures[(index + 1)..])
                Assert.True(MeanDifference(one, other) > 8, $"{index}: {MeanDifference(one, other)}");
    }

    [Fact]
    public void Night_TurnsWhiteBlackAndBackAgain()
    {
        var night = Finishes.Find("night");

        Assert.Equal([0, 0, 0], night.Apply([255, 255, 255], 1));
        Assert.Equal(Picture, night.Apply(night.Apply(Picture, Width), Width));
    }

    [Fact]
    public void LargerPicture_GetsThePatternInProportion()
    {
        byte[] twice =
        [
            .. from y in Enumerable.Range(0, 2 * Width)
               from x in Enumerable.Range(0, 2 * Width)
               from value in Color(x / 2, y / 2)
               select (byte)value,
        ];

        var small = Finishes.Find("pixel").Apply(Picture, Width);
        var large = Finishes.Find("pixel").Apply(twice, 2 * Width);

        Assert.All(Enumerable.Range(0, Width), x => Assert.Equal(small[3 * x], large[6 * x]));
    }

    [Fact]
    public void UnknownFinish_IsAnsweredWithTheKnownOnes() =>
        Assert.Contains("blueprint", Assert.Throws<ArgumentException>(() => Finishes.Find("glitter")).Message);

    [Fact]
    public void BrokenRows_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Finishes.Find("night").Apply(new byte[10], 2));

    static int[] Color(int x, int y)
    {
        if (x is < 4 or >= 60 || y is < 4 or >= 60)
            return [255, 255, 255];
        if (x < 24 && y < 24)
            return [0, 0, 0];
        return x > 40 && y > 40 ? [230, 90, 20] : [4 * x, 4 * y, 255 - 2 * (x + y)];
    }

    static double MeanDifference(byte[] one, byte[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Average();
}
