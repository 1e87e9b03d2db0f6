using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training;

public class Muon_Tests
{
    [Theory]
    [InlineData(12, 40)]
    [InlineData(40, 12)]
    [InlineData(24, 24)]
    public void Orthogonalize_MatrixOfAnyShape_MovesEveryDirectionAboutEquallyFar(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var matrix = randn([rows, columns], generator: new Generator(1));
        var (left, _, right) = linalg.svd(matrix, fullMatrices: false);

        var result = Muon.Orthogonalize(matrix, ScalarType.Float32);

        // In the directions of the singular vectors the result is diagonal, with values near one.
        var values = left.t().matmul(result).matmul(right.t());
        var diagonal = values.diagonal();
        Assert.InRange(diagonal.min().item<float>(), 0.5f, 1.3f);
        Assert.InRange(diagonal.max().item<float>(), 0.5f, 1.3f);
        Assert.True((values - diagonal.diag()).abs().max().item<float>() < 1e-3);
    }

    [Fact]
    public void Step_TwoGradients_FollowsThePlainFormula()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(2);
        var start = randn([8, 3, 3, 3], generator: generator);
        var weight = new Parameter(start.clone());
        var muon = new Muon(new Dictionary<string, Parameter> { ["weight"] = weight }, weightDecay: 0.1, ScalarType.Float32);
        var (expected, momentum) = (start.clone(), zeros_like(start));
        for (var step = 0; step < 2; step++)
        {
            var gradient = randn(start.shape, generator: generator);
            weight.grad = gradient.clone();
            muon.Step(0.02);

            momentum = momentum * 0.95 + gradient;
            var direction = Muon.Orthogonalize((gradient + momentum * 0.95).view(8, 27), ScalarType.Float32).view(8, 3, 3, 3);
            expected = expected * (1 - 0.02 * 0.1) - direction * (1.7 * 0.02 * 0.2 * Math.Sqrt(27));
        }
        Assert.True(weight.allclose(expected, 1e-4, 1e-5));
    }
}
