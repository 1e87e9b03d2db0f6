using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>
/// What all pictures of a job share, computed once: the plan, and what depends on its timesteps and contexts alone.
/// </summary>
sealed class JobInputs
{
    readonly Tensor times; // (calls, sum of widths)
    int users;

    JobInputs(Evaluation[] plan, Tensor times, ContextProjection toward, ContextProjection? away, int users) =>
        (Plan, this.times, Toward, Away, this.users) = (plan, times, toward, away, users);

    public Evaluation[] Plan { get; }

    /// <summary>Keys and values (1, heads, N, d) of the context.</summary>
    public ContextProjection Toward { get; }

    /// <summary>The same of what guidance leads away from; null without guidance.</summary>
    public ContextProjection? Away { get; }

    public ScalarType Dtype => times.dtype;

    public Device Device => times.device;

    public static JobInputs Prepare(RdmModel model, DrawingRequest request)
    {
        using var scope = NewDisposeScope();
        var network = model.Network;
        var first = network.parameters().First();
        var plan = SamplerPlan.Create(
            request.Sampler, model.Schedule, model.Directory.Manifest.Parameterization, request.Steps, request.Eta);
        var times = network.ProjectTime(tensor(plan.Select(call => call.Timestep).ToArray(), device: first.device));
        var context = model.Context(request.Context);
        // Zero tokens are the same in any number to a network without bias in to_k and to_v; with as many, no mask is needed.
        var negative = request.Negative is { } embedding ? model.Context([embedding]) : zeros_like(context);
        var toward = Project(context);
        var away = request.GuidanceScale == 1 ? null : Project(negative);
        return new(
            plan, times.MoveToOuterDisposeScope(), toward.MoveToOuterDisposeScope(), away?.MoveToOuterDisposeScope(),
            request.Pictures);

        ContextProjection Project(Tensor tokens) => network.ProjectContext(tokens.unsqueeze(0).to(first.dtype, first.device));
    }

    /// <summary>What the time of a call of the plan gives to the network (1, sum of widths).</summary>
    public Tensor Time(int call) => times.narrow(0, call, 1);

    /// <summary>One picture less needs this; after the last it is gone.</summary>
    public void Release()
    {
        if (--users > 0)
            return;
        times.Dispose();
        Toward.Dispose();
        Away?.Dispose();
    }
}
