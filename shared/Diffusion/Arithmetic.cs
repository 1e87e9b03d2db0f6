using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion;

/// <summary>
/// Sums and products with numbers, to be used instead of TorchSharp's operators. Those read the native handle of a number (also
/// of the hidden factor 1 in a + b) and then let go of it, so that a garbage collection in the middle of the call frees it under
/// torch's hands; rarely, but then results are wrong. Here the numbers are held until the call is over.
/// </summary>
public static class Arithmetic
{
    static readonly Scalar one = 1;

    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, one);

    public static Tensor PlusInPlace(this Tensor a, Tensor b) => a.add_(b, one);

    public static Tensor Plus(this Tensor a, double number)
    {
        using Scalar scalar = number;
        return a.add(scalar, one);
    }

    public static Tensor Times(this Tensor a, double number)
    {
        using Scalar scalar = number;
        return a.mul(scalar);
    }

    public static Tensor Clamped(this Tensor a, double least, double most)
    {
        using Scalar from = least, to = most;
        return a.clamp(from, to);
    }

    /// <summary>a + weight · (b - a).</summary>
    public static Tensor Toward(this Tensor a, Tensor b, double weight)
    {
        using Scalar scalar = weight;
        using var difference = b - a;
        return a.add(difference, scalar);
    }

    /// <summary>a + b · c, into a.</summary>
    public static Tensor PlusProductInPlace(this Tensor a, Tensor b, Tensor c) => a.addcmul_(b, c, one);
}
