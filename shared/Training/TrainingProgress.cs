namespace RdmCloud.Training;

/// <param name="Step">Updates done.</param>
/// <param name="Steps">Updates in all.</param>
/// <param name="Loss">Mean since the last report.</param>
/// <param name="ImagesPerSecond">Since the last report.</param>
public sealed record TrainingProgress(
    long Step, long Steps, double Loss, double LearningRate, double ImagesPerSecond, TimeSpan TimeLeft)
{
    public override string ToString() =>
        $"step {Step}/{Steps}  loss {Loss:0.0000}  {ImagesPerSecond:0.0} images/s  "
        + $"{(long)TimeLeft.TotalHours:00}:{TimeLeft:mm\\:ss} left";
}
