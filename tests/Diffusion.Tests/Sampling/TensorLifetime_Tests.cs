using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

public class TensorLifetime_Tests
{
    static readonly UNetConfig config = new()
    {
        InChannels = 2,
        OutChannels = 2,
        ModelChannels = 32,
        AttentionResolutions = [1],
        NumResBlocks = 1,
        ChannelMult = [1, 2],
        NumHeadChannels = 32,
        UseSpatialTransformer = true,
        ContextDim = 8,
    };

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms), InlineData(Sampler.DpmPlusPlus2M)]
    public void HundredRuns_LeaveNoMoreTensorsThanOne(Sampler sampler)
    {
        var schedule = new NoiseSchedule(1000, 0.0015, 0.0195);
        using var inference = inference_mode();
        using var network = new UNetModel(config);
        foreach (var weight in network.parameters())
            weight.fill_(0.01f);
        using var noise = new PictureNoise(1, 1, [config.InChannels, 4, 4]);
        using var context = ones(3, config.ContextDim);
        Draw();
        var afterOne = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 1; i < 100; i++)
            Draw();
        Assert.Equal(afterOne, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Draw()
        {
            using var start = noise.Next();
            using var guided = new GuidedNetwork(
                network, schedule, Parameterization.Eps, [context], null, 5, Samplers.Timesteps(sampler, schedule, 3));
            using var latents = Samplers.Run(sampler, guided.Predict, start, schedule, 3);
        }
    }
}
