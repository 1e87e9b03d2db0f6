using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

public class Samplers_Tests
{
    static readonly NoiseSchedule schedule = new(1000, 0.0015, 0.015);

    /// <summary>Step counts of which the original fails on many, or runs another number.</summary>
    public static MatrixTheoryData<Sampler, int> StepCounts => new(
        Enum.GetValues<Sampler>(), [1, 2, 3, 4, 9, 27, 30, 36, 60, 101, 167, 251, 333, 501, 999, 1000]);

    [Theory, MemberData(nameof(StepCounts))]
    public void AnyStepCount_EndsAtThePictureThatTheNetworkKnows(Sampler sampler, int steps)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        var picture = randn([2, 4, 4, 4], ScalarType.Float64, generator: generator);
        var noise = randn([2, 4, 4, 4], ScalarType.Float64, generator: generator);
        var calls = new List<int>();
        var result = Samplers.Run(sampler, Knowing(picture), noise, schedule, steps, step => calls.Add(step.Index));
        Assert.Equal(Enumerable.Range(1, steps), calls);
        // What is left of the noise is that of timestep 0.
        var rest = (result - Math.Sqrt(schedule.AlphaCumprod(0)) * picture).abs().max().item<double>();
        Assert.InRange(rest, 0, 6 * Math.Sqrt(1 - schedule.AlphaCumprod(0)));
    }

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void MoreSteps_ComeCloserToTheExactPath(Sampler sampler)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6, CPU);
        var noise = randn([1, 4, 8, 8], ScalarType.Float64, generator: generator);
        var exact = Samplers.Run(Sampler.Ddim, OfANormalDistribution, noise, schedule, 1000);
        double Error(int steps) =>
            (Samplers.Run(sampler, OfANormalDistribution, noise, schedule, steps) - exact).norm().item<double>();
        Assert.True(Error(50) < Error(10), $"{sampler}: 50 steps {Error(50)}, 10 steps {Error(10)}");
    }

    [Fact]
    public void SecondOrder_ComesCloserInTwentyStepsThanFirstOrderInAHundred()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(7, CPU);
        var noise = randn([1, 4, 8, 8], ScalarType.Float64, generator: generator);
        var exact = Samplers.Run(Sampler.Ddim, OfANormalDistribution, noise, schedule, 1000);
        double Error(Sampler sampler, int steps) =>
            (Samplers.Run(sampler, OfANormalDistribution, noise, schedule, steps) - exact).norm().item<double>();
        Assert.True(Error(Sampler.DpmPlusPlus2M, 20) < Error(Sampler.Ddim, 100));
    }

    /// <summary>Algorithm 2 of Lu et al. 2022 on one number, as the paper writes it.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(20)]
    public void DpmPlusPlus2M_IsThePapersAlgorithm(int steps)
    {
        var path = schedule.SpreadByNoise(steps).Reverse().Append(-1).Select(schedule.AlphaCumprod).ToArray();
        var times = schedule.SpreadByNoise(steps).Reverse().ToArray();
        double[] alpha = [.. path.Select(Math.Sqrt)], sigma = [.. path.Select(a => Math.Sqrt(1 - a))];
        double[] lambda = [.. alpha.Zip(sigma, (a, s) => Math.Log(a / s))];
        double x = 0.7, earlier = 0;
        for (var i = 1; i <= steps; i++)
        {
            var original = (x - sigma[i - 1] * Math.Sin(x + times[i - 1])) / alpha[i - 1];
            var h = lambda[i] - lambda[i - 1];
            var direction = original;
            if (i > 1 && i < steps)
            {
                var r = (lambda[i - 1] - lambda[i - 2]) / h;
                direction = (1 + 1 / (2 * r)) * original - 1 / (2 * r) * earlier;
            }
            x = sigma[i] / sigma[i - 1] * x - alpha[i] * (Math.Exp(-h) - 1) * direction;
            earlier = original;
        }
        using var noise = full([1, 1, 1, 1], 0.7, ScalarType.Float64);
        using var latents = Samplers.DpmPlusPlus2M((latents, timestep) => (latents + timestep).sin(), noise, schedule, steps);
        Assert.Equal(x, latents.item<double>(), 1e-9);
        Assert.Equal(0.7, noise.item<double>());
    }

    [Fact]
    public void RandomSampler_WithoutNoiseForItsSteps_IsRefused()
    {
        using var noise = randn(1, 4, 8, 8);
        Assert.Throws<ArgumentNullException>(() => Samplers.Ddim((latents, _) => latents.sin(), noise, schedule, 4, eta: 1));
    }

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void StoppedRun_LeavesNoTensorBehind(Sampler sampler)
    {
        using var outer = NewDisposeScope();
        var noise = randn(1, 4, 4, 4);
        var before = outer.DisposablesCount;
        Assert.Throws<OperationCanceledException>(() => Samplers.Run(sampler, OfANormalDistribution, noise, schedule, 10, step =>
        {
            if (step.Index == 5)
                throw new OperationCanceledException();
        }));
        Assert.Equal(before, outer.DisposablesCount);
    }

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void FinishedRun_LeavesItsResultAlone(Sampler sampler)
    {
        using var outer = NewDisposeScope();
        var noise = randn(1, 4, 4, 4);
        var before = outer.DisposablesCount;
        Samplers.Run(sampler, OfANormalDistribution, noise, schedule, 10);
        Assert.Equal(before + 1, outer.DisposablesCount);
    }

    /// <summary>A network that has seen one picture: ε = (x - √ᾱ x₀) / √(1 - ᾱ).</summary>
    static NoisePrediction Knowing(Tensor picture) => (x, timestep) =>
    {
        var alpha = schedule.AlphaCumprod(timestep);
        return (x - Math.Sqrt(alpha) * picture) / Math.Sqrt(1 - alpha);
    };

    /// <summary>
    /// The exact network for pictures that are normal numbers of deviation 1/2: ε = √(1 - ᾱ) x / (ᾱ/4 + 1 - ᾱ).
    /// </summary>
    static Tensor OfANormalDistribution(Tensor x, int timestep)
    {
        var alpha = schedule.AlphaCumprod(timestep);
        return x * (Math.Sqrt(1 - alpha) / (alpha / 4 + 1 - alpha));
    }
}
