using RdmCloud.Diffusion.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

/// <summary>Fills a network's weights as torch's own layers do when they are made.</summary>
public static class Initialization
{
    /// <summary>
    /// Linear and convolution weights and biases uniform in ±1 / √(inputs of one output), embeddings standard normal;
    /// normalizations are made with ones and zeros already. In the UNet the last convolution of every residual branch
    /// starts at zero, as in the original, so that the network begins as the identity.
    /// </summary>
    public static void Fill(nn.Module network, int seed)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var generator = new Generator((ulong)seed);
        foreach (var (name, module) in network.named_modules().Where(pair => pair.module != network).Prepend(("", network)))
            switch (module)
            {
                case Linear linear:
                    FillLinear(linear.weight, linear.bias, generator, network is UNetModel && EndsBranch(name));
                    break;
                case Conv2d convolution:
                    FillLinear(convolution.weight, convolution.bias, generator, network is UNetModel && EndsBranch(name));
                    break;
                case Embedding embedding:
                    embedding.weight.normal_(0, 1, generator);
                    break;
            }
    }

    static bool EndsBranch(string name) => name == "out.2" || name.EndsWith(".out_layers.3") || name.EndsWith(".proj_out");

    static void FillLinear(Tensor weight, Tensor? bias, Generator generator, bool zero)
    {
        // Kaiming's uniform with a = √5, which comes to the same bound as the bias has.
        var bound = zero ? 0 : 1 / Math.Sqrt(weight.numel() / (double)weight.size(0));
        weight.uniform_(-bound, bound, generator);
        bias?.uniform_(-bound, bound, generator);
    }
}
