using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training;

public class ReplicaExchange_Tests
{
    [Fact]
    public async Task Meet_AllGoOnFromTheMean_RoundAfterRound()
    {
        using var folder = new TemporaryFolder();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(replica => Task.Run(() => Train(folder.Path, replica))));

        Assert.Equal(new[] { 1f, 2f, 3f }, results[0]);
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Meet_Cancelled_GoesOnAlone()
    {
        using var folder = new TemporaryFolder();
        using var weights = ones(2);

        new ReplicaExchange(folder.Path, 0, 2, steps: 10, TimeProvider.System)
            .Meet(10, [("weights", weights)], new CancellationToken(true));

        Assert.Equal<float>([1, 1], weights.data<float>());
    }

    [Fact]
    public async Task Meet_AtALastStepBetweenTwoRounds_LeavesTheRoundBeforeInPlace()
    {
        using var folder = new TemporaryFolder();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(replica => Task.Run(() =>
        {
            using var weights = full(1, (float)replica);
            foreach (var step in (long[])[10, 20, 25])
                new ReplicaExchange(folder.Path, replica, 2, steps: 10, TimeProvider.System)
                    .Meet(step, [("weights", weights)], CancellationToken.None);
            Assert.Equal(0.5f, weights.item<float>());
        })));

        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
        ReplicaExchange.Clear(folder.Path);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(20, true)]
    public void IsDue_EveryFewSteps(long step, bool expected) =>
        Assert.Equal(expected, new ReplicaExchange("", 0, 2, steps: 10, TimeProvider.System).IsDue(step));

    // Replica r adds r in every round: the mean of three grows by one.
    static float[] Train(string folder, int replica)
    {
        using var weights = zeros(1);
        var exchange = new ReplicaExchange(folder, replica, 3, steps: 10, TimeProvider.System);
        return [.. Enumerable.Range(1, 3).Select(round =>
        {
            weights.add_(replica);
            exchange.Meet(10 * round, [("weights", weights)], CancellationToken.None);
            return weights.item<float>();
        })];
    }
}
