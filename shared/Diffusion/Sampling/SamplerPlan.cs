namespace RdmCloud.Diffusion.Sampling;

/// <summary>
/// The samplers, as the network calls of a run. All are linear in the latents, in what the network answers and in what it
/// answered before, so that a run is a table of weights: no tensor is needed to make it, and pictures in different steps of
/// different samplers can be moved on together (see <see cref="SamplerState"/>).
/// </summary>
static class SamplerPlan
{
    static readonly Combination x = new(Latents: 1);
    static readonly Combination z = new(Noise: 1);
    static readonly Combination kept1 = new(Kept1: 1);
    static readonly Combination kept2 = new(Kept2: 1);
    static readonly Combination kept3 = new(Kept3: 1);

    /// <param name="parameterization">What the network answers.</param>
    /// <param name="steps">1…T.</param>
    /// <param name="eta">Of DDIM; other samplers are deterministic.</param>
    public static Evaluation[] Create(
        Sampler sampler, NoiseSchedule schedule, Parameterization parameterization, int steps, double eta)
    {
        var timesteps = Samplers.Timesteps(sampler, schedule, steps);
        var path = Enumerable.Range(1, steps).Select(step => new Leg(
            step, timesteps[^step], step < steps ? timesteps[^(step + 1)] : -1, schedule, parameterization));
        return [.. sampler switch
        {
            Sampler.Ddim => Ddim(path, eta),
            Sampler.Plms => Plms([.. path]),
            Sampler.DpmPlusPlus2M => DpmPlusPlus2M([.. path]),
            _ => throw new ArgumentOutOfRangeException(nameof(sampler), sampler, null),
        }];
    }

    /// <summary>Denoising diffusion implicit models: Song et al. 2020, equation 12.</summary>
    static IEnumerable<Evaluation> Ddim(IEnumerable<Leg> path, double eta)
    {
        foreach (var leg in path)
        {
            // σ = η √((1 - ᾱ_next) / (1 - ᾱ)) √(1 - ᾱ / ᾱ_next), equation 16
            var sigma = eta * Math.Sqrt((1 - leg.NextAlpha) / (1 - leg.Alpha) * (1 - leg.Alpha / leg.NextAlpha));
            yield return new(leg.Timestep, leg.Step, leg.Move(x, leg.Noise(x), sigma), leg.Original(x, leg.Noise(x)));
        }
    }

    /// <summary>Pseudo linear multi-step: Liu et al. 2022, equations 9 and 12.</summary>
    static IEnumerable<Evaluation> Plms(IReadOnlyList<Leg> path)
    {
        foreach (var leg in path)
        {
            var predicted = leg.Noise(x);
            if (leg.Step == 1 && path.Count > 1)
            {
                // A trial step, then the step with the mean of both answers. The trial was x' = a x + b ε, so x = (x' - b ε) / a.
                var trial = leg.Move(new(Latents: 1), new(Prediction: 1));
                yield return new(leg.Timestep, 0, leg.Move(x, predicted), leg.Original(x, predicted), Keep: predicted);
                var before = (x - kept1 * trial.Prediction) / trial.Latents;
                var mean = (kept1 + leg.NoiseAtEnd(x)) / 2;
                yield return new(leg.EndTimestep, 1, leg.Move(before, mean), leg.Original(before, mean));
                continue;
            }
            var combined = leg.Step switch
            {
                1 => predicted, // a single step has no other to look ahead to
                2 => (3 * predicted - kept1) / 2,
                3 => (23 * predicted - 16 * kept1 + 5 * kept2) / 12,
                _ => (55 * predicted - 59 * kept1 + 37 * kept2 - 9 * kept3) / 24,
            };
            yield return new(leg.Timestep, leg.Step, leg.Move(x, combined), leg.Original(x, combined), Keep: predicted);
        }
    }

    /// <summary>
    /// DPM-Solver++(2M): Lu et al. 2022, algorithm 2; second order in the half logarithm of the signal-to-noise ratio λ, the
    /// first and the last step of first order.
    /// </summary>
    static IEnumerable<Evaluation> DpmPlusPlus2M(IReadOnlyList<Leg> path)
    {
        foreach (var leg in path)
        {
            var original = leg.Original(x, leg.Noise(x));
            var h = leg.Length;
            var direction = original;
            if (leg.Step > 1 && leg.Step < path.Count)
            {
                var r = path[leg.Step - 2].Length / h;
                // D = (1 + 1 / 2r) x₀ - (1 / 2r) x₀ of the step before
                direction = original * (1 + 0.5 / r) - kept1 * (0.5 / r);
            }
            // x = (σ_next / σ) x - α_next (e^-h - 1) D
            var next = x * Math.Sqrt((1 - leg.NextAlpha) / (1 - leg.Alpha))
                - direction * (Math.Sqrt(leg.NextAlpha) * (Math.Exp(-h) - 1));
            yield return new(leg.Timestep, leg.Step, next, original, Keep: original);
        }
    }

    /// <summary>The way from one timestep to the next, which is -1 at the end.</summary>
    sealed record Leg(int Step, int Timestep, int Next, NoiseSchedule Schedule, Parameterization Parameterization)
    {
        public double Alpha => Schedule.AlphaCumprod(Timestep);

        public double NextAlpha => Schedule.AlphaCumprod(Next);

        /// <summary>h, in λ.</summary>
        public double Length => Schedule.Lambda(Next) - Schedule.Lambda(Timestep);

        /// <summary>Where the network can be asked at the end of the leg; of the last leg, its beginning.</summary>
        public int EndTimestep => Next < 0 ? Timestep : Next;

        /// <summary>ε in the network's answer to latents at the beginning of the leg.</summary>
        public Combination Noise(Combination latents) => Noise(latents, Timestep);

        public Combination NoiseAtEnd(Combination latents) => Noise(latents, EndTimestep);

        /// <summary>x₀ = (x - √(1 - ᾱ) ε) / √ᾱ.</summary>
        public Combination Original(Combination latents, Combination noise) =>
            (latents - noise * Math.Sqrt(1 - Alpha)) / Math.Sqrt(Alpha);

        /// <summary>DDIM's step: x_next = √ᾱ_next x₀ + √(1 - ᾱ_next - σ²) ε + σ z.</summary>
        public Combination Move(Combination latents, Combination noise, double sigma = 0) =>
            Original(latents, noise) * Math.Sqrt(NextAlpha) + noise * Math.Sqrt(1 - NextAlpha - sigma * sigma) + z * sigma;

        Combination Noise(Combination latents, int timestep)
        {
            var (output, share) = Parameterization.NoiseWeights(Schedule.AlphaCumprod(timestep));
            return new Combination(Prediction: output) + latents * share;
        }
    }
}
