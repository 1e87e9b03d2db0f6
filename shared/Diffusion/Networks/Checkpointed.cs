using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>
/// Part of a network that keeps its inputs alone on the way forward, and computes what lies between a second time on the way
/// back: Chen et al. 2016. The gradients are the same.
/// </summary>
sealed class Checkpointed : autograd.SingleTensorFunction<Checkpointed>
{
    const string PartName = "part";

    public override string Name => nameof(Checkpointed);

    /// <param name="part">From the inputs to the output; its own weights get their gradients too.</param>
    /// <param name="inputs">All tensors that gradients flow to, one of which needs a gradient.</param>
    public static Tensor Run(Func<Tensor[], Tensor> part, params Tensor[] inputs) => apply([part, .. inputs]);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor[] inputs = [.. vars.Skip(1).Cast<Tensor>()];
        ctx.save_data(PartName, vars[0]);
        ctx.save_for_backward([.. inputs]);
        using var gradless = no_grad();
        return ((Func<Tensor[], Tensor>)vars[0])(inputs);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        Tensor[] inputs = [.. ctx.get_saved_variables().Select(input => input.detach().requires_grad_(input.requires_grad))];
        using var withGradients = enable_grad();
        ((Func<Tensor[], Tensor>)ctx.get_data(PartName))(inputs).backward([grad_output]);
        return [null!, .. inputs.Select(input => input.grad?.MoveToOuterDisposeScope()!)];
    }
}
