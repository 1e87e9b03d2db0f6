using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>Which rows of a network call belong to which slot, where some slots have classifier-free guidance.</summary>
sealed class Guidance : IDisposable
{
    readonly Tensor guided; // (g): the slots with guidance
    readonly Tensor away; // (n): each slot's row to be led away from; without guidance its own
    readonly Tensor scales; // (n, 1, 1, 1)

    Guidance(Tensor guided, Tensor away, Tensor scales) => (this.guided, this.away, this.scales) = (guided, away, scales);

    /// <summary>Null where no slot has guidance.</summary>
    public static Guidance? Of(IReadOnlyList<Slot> slots)
    {
        var guided = slots.Index().Where(pair => pair.Item.IsGuided).Select(pair => (long)pair.Index).ToArray();
        if (guided.Length == 0)
            return null;
        using var scope = NewDisposeScope();
        var away = Enumerable.Range(0, slots.Count).Select(slot => (long)slot).ToArray();
        for (var i = 0; i < guided.Length; i++)
            away[guided[i]] = slots.Count + i;
        var device = slots[0].Inputs.Device;
        var scales = tensor(slots.Select(slot => (float)slot.Job.Request.GuidanceScale).ToArray(), device: device)
            .view(-1, 1, 1, 1);
        return new(
            tensor(guided, device: device).MoveToOuterDisposeScope(),
            tensor(away, device: device).MoveToOuterDisposeScope(),
            scales.MoveToOuterDisposeScope());
    }

    /// <summary>One row a slot → one row more for each with guidance.</summary>
    public Tensor Split(Tensor rows) => cat([rows, rows.index_select(0, guided)]);

    /// <summary>ε = ε_away + s (ε_toward - ε_away).</summary>
    public Tensor Join(Tensor rows) => rows.index_select(0, away).lerp(rows.narrow(0, 0, away.size(0)), scales);

    /// <summary>Keeps the tensors alive beyond the present dispose scope.</summary>
    public void MoveToOuterDisposeScope()
    {
        guided.MoveToOuterDisposeScope();
        away.MoveToOuterDisposeScope();
        scales.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        guided.Dispose();
        away.Dispose();
        scales.Dispose();
    }
}
