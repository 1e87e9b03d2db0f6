using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Linear = RdmCloud.Diffusion.Networks.Linear;

namespace RdmCloud.Training.Styles;

/// <summary>The paper's judge of styles (appendix C): a perceptron of two layers on the embedding of a picture.</summary>
public sealed class StyleClassifier : nn.Module<Tensor, Tensor>
{
    readonly Sequential layers;

    public StyleClassifier(int dimension, int hiddenSize, int styles) : base(nameof(StyleClassifier))
    {
        layers = nn.Sequential(("0", new Linear(dimension, hiddenSize)), ("1", nn.ReLU()), ("2", new Linear(hiddenSize, styles)));
        RegisterComponents();
    }

    /// <summary>Embeddings (N, D) of any length → logits (N, styles).</summary>
    public override Tensor forward(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        var unit = nn.functional.normalize(embeddings, dim: 1) * Math.Sqrt(embeddings.size(1));
        return layers.forward(unit).MoveToOuterDisposeScope();
    }
}
