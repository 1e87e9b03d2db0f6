using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

public class Checkpointed_Tests
{
    static readonly UNetConfig config = new()
    {
        InChannels = 4, OutChannels = 4, ModelChannels = 16, AttentionResolutions = [1, 2], NumResBlocks = 1,
        ChannelMult = [1, 2], NumHeadChannels = 16, UseSpatialTransformer = true, ContextDim = 8, MinGroupChannels = 8,
    };

    [Fact]
    public void Network_WithCheckpointedActivations_HasTheSameLossAndGradients()
    {
        using var scope = NewDisposeScope();
        var (usual, checkpointed) = (Create(config), Create(config with { UseCheckpoint = true }));
        using var generator = new Generator(3);
        var (x, context) = (randn([2, 4, 8, 8], generator: generator), randn([2, 3, 8], generator: generator));

        var losses = new[] { usual, checkpointed }.Select(network =>
        {
            var loss = network.forward(x, tensor(new long[] { 10, 700 }), context).square().mean();
            loss.backward();
            return loss.item<float>();
        }).ToArray();

        Assert.Equal(losses[0], losses[1]);
        foreach (var ((name, one), (_, other)) in usual.named_parameters().Zip(checkpointed.named_parameters()))
            Assert.True(one.grad!.allclose(other.grad!, rtol: 1e-4, atol: 1e-6), name);
    }

    [Fact]
    public void Network_WithoutGradients_RunsAsUsual()
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var (x, context) = (ones(1, 4, 8, 8), ones(1, 2, 8));
        Tensor Of(UNetConfig config) => Create(config).forward(x, tensor(new long[] { 5 }), context);
        Assert.Equal(Of(config).data<float>().ToArray(), Of(config with { UseCheckpoint = true }).data<float>().ToArray());
    }

    static UNetModel Create(UNetConfig config)
    {
        using var gradless = no_grad();
        var network = new UNetModel(config);
        using var generator = new Generator(1);
        foreach (var weight in network.parameters())
            weight.normal_(0, 0.1, generator);
        return network;
    }
}
