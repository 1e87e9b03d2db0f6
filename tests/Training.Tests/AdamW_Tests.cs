using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RdmCloud.Training;

public class AdamW_Tests
{
    [Fact]
    public void Step_SeveralGradients_MovesTheWeightsAsTorchDoes()
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(3);
        var start = randn([5, 4], generator: generator);
        var (ours, torchs) = (new Parameter(start.clone()), new Parameter(start.clone()));
        var adamW = new AdamW(new Dictionary<string, Parameter> { ["weight"] = ours }, weightDecay: 0.05);
        using var reference = optim.AdamW([torchs], lr: 0.01, weight_decay: 0.05);
        for (var step = 1; step <= 5; step++)
        {
            var gradient = randn([5, 4], generator: generator);
            ours.grad = gradient.clone();
            torchs.grad = gradient.clone();
            adamW.Step(step, 0.01);
            reference.step();
        }
        Assert.True(ours.allclose(torchs, 1e-5, 1e-6));
    }
}
