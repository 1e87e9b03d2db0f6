using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

public class Distances_Tests
{
    // Its mean is zero and its covariance diag(4/3, 4/3), whatever is added or multiplied.
    static Tensor Square() => tensor(new float[,] { { 1, 1 }, { 1, -1 }, { -1, 1 }, { -1, -1 } });

    [Fact]
    public void Frechet_OfTheSameFeatures_IsZero() => Assert.Equal(0, Distances.Frechet(Square(), Square()), 6);

    [Fact]
    public void Frechet_OfFeaturesMovedApart_IsTheSquareOfTheWay() =>
        Assert.Equal(25, Distances.Frechet(Square(), Square() + tensor(new float[] { 3, 4 })), 5);

    [Fact]
    public void Frechet_OfFeaturesThreeTimesAsWide_IsTheSquareOfTheDeviationsDifference() =>
        Assert.Equal(2 * Math.Pow((3 - 1) * Math.Sqrt(4 / 3.0), 2), Distances.Frechet(Square(), 3 * Square()), 5);

    [Fact]
    public void Frechet_OfCovariancesThatDoNotCommute_IsTheKnownValue()
    {
        // Σ₁ = 4/3 · [[4, 0], [0, 1]], Σ₂ = 4/3 · [[1, 1], [1, 2]]: Tr (Σ₁Σ₂)^½ = √(Tr + 2√det) for two dimensions.
        var one = Square() * tensor(new float[] { 2, 1 });
        var other = Square().matmul(tensor(new float[,] { { 1, 1 }, { 0, 1 } }));
        var expected = 4 / 3.0 * (5 + 3 - 2 * Math.Sqrt(6 + 2 * Math.Sqrt(4)));
        Assert.Equal(expected, Distances.Frechet(one, other), 5);
    }

    [Fact]
    public void Kernel_OfTwoPointsEach_IsTheKnownValue()
    {
        // k(x, y) = (xy + 1)³: k(1, 2) = 27 within, k(0, 3) = 1 within, and between 1, 64, 1, 343.
        var (one, other) = (tensor(new float[,] { { 1 }, { 2 } }), tensor(new float[,] { { 0 }, { 3 } }));
        Assert.Equal(27 + 1 - 2 * (1 + 64 + 1 + 343) / 4.0, Distances.Kernel(one, other), 6);
    }

    [Fact]
    public void Kernel_OfTheSameDistribution_IsNearZero_AndOfAnotherIsNot()
    {
        using var generator = new Generator(5);
        Tensor Sample(double mean) => randn([400, 8], generator: generator) + mean;
        Assert.InRange(Distances.Kernel(Sample(0), Sample(0)), -0.2, 0.2);
        Assert.True(Distances.Kernel(Sample(0), Sample(1)) > 1);
    }
}
