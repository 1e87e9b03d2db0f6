using RdmCloud.Cli.Bench.Statistics;

namespace RdmCloud.Cli.Bench;

public class Statistics_Tests
{
    [Fact]
    public void Percentiles_AreValuesThatWereThere()
    {
        Assert.Equal(new(200, 100, 180, 190, 198, 200),
            Percentiles.Of(Enumerable.Range(1, 200).Reverse().Select(value => (double)value)));
        Assert.Equal(new(1, 7, 7, 7, 7, 7), Percentiles.Of([7]));
        Assert.Null(Percentiles.Of([]));
    }

    [Fact]
    public void FairShares_GiveNobodyMoreThanItAskedFor_AndTheRestByWeight()
    {
        Assert.Equal([50, 50], Fairness.Shares(100, [80, 70], [1, 1]));
        Assert.Equal([75, 25], Fairness.Shares(100, [80, 70], [3, 1]));
        Assert.Equal([10, 45, 45], Fairness.Shares(100, [10, 80, 70], [1, 1, 1]));
        Assert.Equal([20, 5], Fairness.Shares(100, [20, 5], [1, 1]));
    }

    [Fact]
    public void JainsIndex_IsOneWhereAllAreEqual_AndOneOfNWhereOneHasAll()
    {
        Assert.Equal(1, Fairness.Jain([3, 3, 3]));
        Assert.Equal(0.25, Fairness.Jain([4, 0, 0, 0]));
        Assert.Equal(0.9, Fairness.Jain([1, 2]), 9);
        Assert.Equal(1, Fairness.Jain([]));
    }
}
