using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

/// <summary>
/// Slots of one latent shape that go through the network together, each in a step of its own: first all contexts' rows, then
/// those that guidance leads away from.
/// </summary>
sealed class Pack : IDisposable
{
    readonly Slot[] slots;
    readonly Tensor state; // (4, n, C, h, w)
    readonly ContextProjection context; // of n + g rows
    readonly Guidance? guidance;

    public Pack(IReadOnlyList<Slot> slots)
    {
        using var scope = NewDisposeScope();
        this.slots = [.. slots];
        context = Gather([
            .. slots.Select(slot => slot.Inputs.Toward),
            .. slots.Select(slot => slot.Inputs.Away).OfType<ContextProjection>()]);
        guidance = Guidance.Of(slots);
        state = stack(slots.Select(slot => slot.State), 1).MoveToOuterDisposeScope();
        context.MoveToOuterDisposeScope();
        guidance?.MoveToOuterDisposeScope();
        for (var i = 0; i < this.slots.Length; i++)
            this.slots[i].State = state.select(1, i).DetachFromDisposeScope();
    }

    public bool Holds(IReadOnlyList<Slot> others) => slots.SequenceEqual(others);

    /// <summary>One network call for all slots. Where it fails, nothing has changed.</summary>
    /// <returns>The foreseen x₀ of each (n, C, h, w).</returns>
    public Tensor Advance(UNetModel network)
    {
        using var scope = NewDisposeScope();
        var latents = SamplerState.Latents(state);
        var x = latents.to(slots[0].Inputs.Dtype);
        var time = cat([.. slots.Select(slot => slot.Inputs.Time(slot.Calls))]); // (n, sum of widths)
        var output = guidance is null
            ? network.forward(x, time, context).to(ScalarType.Float32)
            : guidance.Join(network.forward(guidance.Split(x), guidance.Split(time), context).to(ScalarType.Float32));
        var originals = SamplerState.Advance(state, [.. slots.Select(slot => slot.Evaluation)], output, Fresh(latents));
        foreach (var slot in slots)
            slot.CallMade();
        return originals.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        state.Dispose();
        context.Dispose();
        guidance?.Dispose();
    }

    Tensor? Fresh(Tensor latents)
    {
        if (slots.All(slot => slot.Evaluation.Next.Noise == 0))
            return null;
        var none = zeros_like(latents.narrow(0, 0, 1));
        return cat([.. slots.Select(slot => slot.Evaluation.Next.Noise == 0 ? none : slot.Fresh().to(latents.device))]);
    }

    /// <summary>Rows (1, heads, N_i, d) → (B, heads, N, d), the shorter ones padded and masked.</summary>
    static ContextProjection Gather(IReadOnlyList<ContextProjection> rows)
    {
        var lengths = rows.Select(row => row.KeysAndValues[0].Keys.size(2)).ToArray();
        var longest = lengths.Max();
        var padded = rows.Distinct().ToDictionary(
            row => row,
            row => row.KeysAndValues.Select(pair => (Keys: Padded(pair.Keys), Values: Padded(pair.Values))).ToArray());
        var gathered = Enumerable.Range(0, rows[0].KeysAndValues.Count)
            .Select(block => (
                cat([.. rows.Select(row => padded[row][block].Keys)]),
                cat([.. rows.Select(row => padded[row][block].Values)])))
            .ToArray();
        if (lengths.All(length => length == longest))
            return new(gathered, null);
        var device = gathered[0].Item1.device;
        var isToken = arange(longest, device: device).unsqueeze(0).lt(tensor(lengths, device: device).unsqueeze(1));
        return new(gathered, isToken.view(rows.Count, 1, 1, longest));

        Tensor Padded(Tensor tokens) => tokens.size(2) == longest
            ? tokens
            : nn.functional.pad(tokens, [0, 0, 0, longest - tokens.size(2)]);
    }
}
