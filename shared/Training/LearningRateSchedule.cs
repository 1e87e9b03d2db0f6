namespace RdmCloud.Training;

/// <summary>A linear warm-up, then half a cosine down to zero.</summary>
public static class LearningRateSchedule
{
    /// <param name="step">0 … <see cref="TrainingConfig.Steps"/> - 1.</param>
    public static double At(long step, TrainingConfig config)
    {
        if (step < config.WarmUpSteps)
            return config.LearningRate * (step + 1) / config.WarmUpSteps;
        var progress = (step - config.WarmUpSteps) / (double)Math.Max(1, config.Steps - config.WarmUpSteps);
        return config.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
