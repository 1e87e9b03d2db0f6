using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

public class Samplers_Tests
{
    static readonly NoiseSchedule schedule = new(1000, 0.0015, 0.015);

    /// <summary>Algorithm 2 of Lu et al. 2022 on one number, as the paper writes it.</summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(20)]
    public void DpmPlusPlus2M_IsThePapersAlgorithm(int steps)
    {
        var path = schedule.Spread(steps).Reverse().Append(-1).Select(schedule.AlphaCumprod).ToArray();
        var times = schedule.Spread(steps).Reverse().ToArray();
        double[] alpha = [.. path.Select(Math.Sqrt)], sigma = [.. path.Select(a => Math.Sqrt(1 - a))], lambda = [.. alpha.Zip(sigma, (a, s) => Math.Log(a / s))];
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

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void WholeRun_LeavesOnlyItsResult(Sampler sampler)
    {
        using var noise = randn(2, 4, 8, 8);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var steps = new List<int>();
        var latents = Samplers.Run(sampler, (latents, _) => latents.sin(), noise, schedule, 6, step => steps.Add(step.Index));
        Assert.Equal(Enumerable.Range(1, 6), steps);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        latents.Dispose();
    }

    [Fact]
    public void RandomSampler_WithoutNoiseForItsSteps_IsRefused()
    {
        using var noise = randn(1, 4, 8, 8);
        Assert.Throws<ArgumentNullException>(() => Samplers.Ddim((latents, _) => latents.sin(), noise, schedule, 4, eta: 1));
    }
}
