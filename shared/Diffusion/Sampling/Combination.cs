namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// A weighted sum of what a sampler has at hand in a step; samplers are written in these instead of in tensors.
/// </summary>
/// <param name="Latents">The weight of the latents x.</param>
/// <param name="Prediction">Of what the network just answered.</param>
/// <param name="Noise">Of fresh standard normal noise z.</param>
/// <param name="Kept1">Of what was kept in an earlier step; 1 is the newest.</param>
readonly record struct Combination(
    double Latents = 0, double Prediction = 0, double Noise = 0, double Kept1 = 0, double Kept2 = 0, double Kept3 = 0)
{
    public static Combination operator +(Combination a, Combination b) =>
        new(
            a.Latents + b.Latents, a.Prediction + b.Prediction, a.Noise + b.Noise,
            a.Kept1 + b.Kept1, a.Kept2 + b.Kept2, a.Kept3 + b.Kept3);

    public static Combination operator *(Combination a, double factor) =>
        new(a.Latents * factor, a.Prediction * factor, a.Noise * factor, a.Kept1 * factor, a.Kept2 * factor, a.Kept3 * factor);

    public static Combination operator *(double factor, Combination a) => a * factor;

    public static Combination operator -(Combination a, Combination b) => a + b * -1;

    public static Combination operator /(Combination a, double divisor) => a * (1 / divisor);
}
