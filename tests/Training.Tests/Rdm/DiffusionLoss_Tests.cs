using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

public class DiffusionLoss_Tests
{
    static readonly NoiseSchedule Schedule = new(1000, 0.0015, 0.0155);

    [Fact]
    public void Of_TheTrueVelocity_IsZero()
    {
        using var scope = NewDisposeScope();
        var (latents, noise, times) = (randn(3, 4, 2, 2), randn(3, 4, 2, 2), tensor(new long[] { 0, 400, 999 }));
        var alphas = tensor(new[] { 0, 400, 999 }.Select(t => (float)Schedule.AlphaCumprod(t)).ToArray()).view(-1, 1, 1, 1);

        var loss = new DiffusionLoss(Schedule, Parameterization.V, 5)
            .Of((_, _) => alphas.sqrt() * noise - (1 - alphas).sqrt() * latents, latents, noise, times);

        Assert.Equal(0, loss.item<float>(), 6);
    }

    [Fact]
    public void Of_NoisePrediction_IsTheMeanSquareAtEveryTimestep()
    {
        using var scope = NewDisposeScope();
        var (latents, noise, times) = (randn(3, 4, 2, 2), randn(3, 4, 2, 2), tensor(new long[] { 0, 400, 999 }));

        var loss = new DiffusionLoss(Schedule, Parameterization.Eps, 5).Of((_, _) => noise + 2, latents, noise, times);

        Assert.Equal(4, loss.item<float>(), 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(999)]
    public void Of_AnErrorOfOne_IsTheMinSnrWeight(int timestep)
    {
        using var scope = NewDisposeScope();
        var (latents, noise) = (randn(1, 4, 2, 2), randn(1, 4, 2, 2));
        var alpha = Schedule.AlphaCumprod(timestep);
        var velocity = Math.Sqrt(alpha) * noise - Math.Sqrt(1 - alpha) * latents;
        var ratio = alpha / (1 - alpha);

        var loss = new DiffusionLoss(Schedule, Parameterization.V, 5)
            .Of((_, _) => velocity + 1, latents, noise, tensor(new long[] { timestep }));

        Assert.Equal(Math.Min(ratio, 5) / (ratio + 1), loss.item<float>(), 4);
    }
}
