namespace RdmCloud.VectorStore.Mixing;

public sealed class LargestRemainder_Tests
{
    [Theory]
    [InlineData(10, new[] { 1.0 }, new[] { 10 })]
    [InlineData(10, new[] { 1.0, 1, 1 }, new[] { 4, 3, 3 })]
    [InlineData(10, new[] { 0.7, 0.3 }, new[] { 7, 3 })]
    [InlineData(10, new[] { 47.0, 16, 15.8, 12, 6.1, 3.1 }, new[] { 5, 2, 1, 1, 1, 0 })]
    [InlineData(5, new[] { 1.0, 0, 3 }, new[] { 1, 0, 4 })]
    [InlineData(0, new[] { 2.0, 1 }, new[] { 0, 0 })]
    public void Parts_FollowTheQuotasAndAddUp(int count, double[] weights, int[] parts) =>
        Assert.Equal(parts, LargestRemainder.Divide(count, weights));

    [Theory]
    [InlineData(new[] { 0.0, 0 })]
    [InlineData(new[] { 1.0, -1 })]
    [InlineData(new[] { 1.0, double.NaN })]
    [InlineData(new[] { 1.0, double.PositiveInfinity })]
    [InlineData(new double[0])]
    public void WeightsThatDivideNothing_AreRefused(double[] weights) =>
        Assert.Throws<DatabaseException>(() => LargestRemainder.Divide(10, weights));

    [Fact]
    public void RandomWeights_StayWithinOneOfTheQuota()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 1000; trial++)
        {
            var weights = Enumerable.Range(0, random.Next(1, 9))
                .Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-5, 6))).ToArray();
            var count = random.Next(0, 40);
            var parts = LargestRemainder.Divide(count, weights);
            Assert.Equal(count, parts.Sum());
            Assert.All(parts.Zip(weights), pair => Assert.True(Math.Abs(pair.First - count * pair.Second / weights.Sum()) < 1));
        }
    }
}
