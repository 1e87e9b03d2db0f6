using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// What sampling keeps of every picture from call to call, as one tensor (4, B, C, H, W): its latents, and the three newest
/// things kept, newest first. Every picture may be in a step of its own.
/// </summary>
static class SamplerState
{
    const int Rows = 4;

    /// <summary>Noise (B, C, H, W) → the state at the beginning of a run.</summary>
    public static Tensor Begin(Tensor noise)
    {
        using var scope = NewDisposeScope();
        return cat([noise.unsqueeze(0), zeros([Rows - 1, .. noise.shape], noise.dtype, noise.device)]).MoveToOuterDisposeScope();
    }

    /// <summary>The latents (B, C, H, W), a view.</summary>
    public static Tensor Latents(Tensor state) => state.select(0, 0);

    /// <summary>Moves the state on, in place, as the last thing that is done.</summary>
    /// <param name="evaluations">One for each picture, or one for all.</param>
    /// <param name="predicted">What the network answered (B, C, H, W).</param>
    /// <param name="fresh">Noise (B, C, H, W), where an evaluation asks for it.</param>
    /// <returns>The foreseen x₀ (B, C, H, W).</returns>
    public static Tensor Advance(Tensor state, IReadOnlyList<Evaluation> evaluations, Tensor predicted, Tensor? fresh)
    {
        using var scope = NewDisposeScope();
        var rows = evaluations.Select(Matrix).ToArray();
        Tensor?[] inputs = [.. state.unbind(0), predicted, fresh];
        var moved = zeros([Rows + 1, .. predicted.shape], state.dtype, state.device); // (5, B, C, H, W)
        for (var column = 0; column < inputs.Length; column++)
        {
            var weights = Enumerable.Range(0, Rows + 1)
                .SelectMany(row => rows.Select(matrix => Weight(matrix[row], column))).ToArray();
            if (weights.All(weight => weight == 0))
                continue;
            var input = inputs[column]
                ?? throw new ArgumentNullException(nameof(fresh), "A sampler with randomness needs fresh noise for its steps.");
            moved.PlusProductInPlace(
                input.to(state.dtype, state.device).unsqueeze(0),
                tensor(weights, [Rows + 1, rows.Length, 1, 1, 1]).to(state.dtype, state.device));
        }
        state.copy_(moved.narrow(0, 0, Rows));
        return moved.select(0, Rows).MoveToOuterDisposeScope();
    }

    /// <summary>The rows of the next state, then x₀.</summary>
    static Combination[] Matrix(Evaluation evaluation) => evaluation.Keep is { } keep
        ? [evaluation.Next, keep, new(Kept1: 1), new(Kept2: 1), evaluation.Original]
        : [evaluation.Next, new(Kept1: 1), new(Kept2: 1), new(Kept3: 1), evaluation.Original];

    static double Weight(Combination row, int column) => column switch
    {
        0 => row.Latents,
        1 => row.Kept1,
        2 => row.Kept2,
        3 => row.Kept3,
        4 => row.Prediction,
        _ => row.Noise,
    };
}
