namespace RdmCloud.Training;

public class LearningRateSchedule_Tests
{
    static readonly TrainingConfig Config = new() { Steps = 1100, BatchSize = 1, LearningRate = 2, WarmUpSteps = 100 };

    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(49, 1)]
    [InlineData(99, 2)]
    [InlineData(100, 2)]
    [InlineData(600, 1)]
    [InlineData(1100, 0)]
    public void At_WarmsUpThenFallsAlongACosine(long step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.At(step, Config), 12);
}
