namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Chooses between the two copies of a network that a checkpoint holds: raw and averaged (EMA).</summary>
public static class EmaWeights
{
    const string Raw = "model.diffusion_model.", Ema = "model_ema.";

    /// <summary>
    /// The EMA copies are named without any dot, so that <c>10</c> may be <c>1.0</c> or <c>10</c>: the names are made from the
    /// network's, never read back. Raw weights are chosen where an EMA copy is missing or its name would fit two parameters.
    /// </summary>
    /// <param name="stored">The names of the checkpoint's tensors.</param>
    /// <param name="parameters">The network's parameters, for example <c>input_blocks.0.0.weight</c>.</param>
    public static EmaSelection Select(IEnumerable<string> stored, IReadOnlyCollection<string> parameters)
    {
        var names = stored.ToHashSet();
        var averaged = parameters.ToDictionary(name => name, name => Ema + $"diffusion_model.{name}".Replace(".", ""));
        var missing = averaged.Values.Where(name => !names.Contains(name)).ToList();
        if (missing.Count == 0 && averaged.Values.Distinct().Count() == parameters.Count)
            return new(averaged, IsEma: true, Warning: null);
        var reason = missing switch
        {
            [] => "the names of its EMA weights are ambiguous",
            _ when missing.Count == parameters.Count => "it holds no EMA weights",
            _ => $"{missing.Count} of its {parameters.Count} EMA weights are missing, {missing[0]} for one",
        };
        return new(parameters.ToDictionary(name => name, name => Raw + name), IsEma: false,
            $"The checkpoint's raw weights are used, because {reason}. Pictures may be worse than the original's.");
    }
}
