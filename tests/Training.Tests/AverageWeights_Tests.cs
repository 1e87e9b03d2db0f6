using static TorchSharp.torch;

namespace RdmCloud.Training;

public class AverageWeights_Tests
{
    [Theory]
    [InlineData(1, 2.0 / 11)]
    [InlineData(90, 0.91)]
    [InlineData(1_000_000, 0.999)]
    public void Decay_GrowsToItsLimit(long update, double expected) =>
        Assert.Equal(expected, AverageWeights.Decay(update, 0.999), 12);

    [Fact]
    public void Update_MovesTheAverageByTheShareThatIsNotKept()
    {
        using var scope = NewDisposeScope();
        var (average, network) = (nn.Linear(3, 2), nn.Linear(3, 2));
        var expected = average.weight!.detach() * 0.9 + network.weight!.detach() * 0.1;

        AverageWeights.Update(average, network, 0.9);

        Assert.True(average.weight!.allclose(expected));
    }

    [Fact]
    public void UpdateStatistics_MovesRunningMeansAndVariances()
    {
        using var scope = NewDisposeScope();
        var (average, network) = (nn.BatchNorm1d(2), nn.BatchNorm1d(2));
        network.running_mean!.copy_(tensor([1f, 2]));
        network.running_var!.copy_(tensor([11f, 1]));

        AverageWeights.UpdateStatistics(average, network, 0.9);

        Assert.True(average.running_mean!.allclose(tensor([0.1f, 0.2f])));
        Assert.True(average.running_var!.allclose(tensor([2f, 1])));
    }
}
