namespace RdmCloud.Webhooks.Deliveries;

public class DeliverySchedule_Tests
{
    [Fact]
    public void TenAttempts_TakeALittleOverThreeDays()
    {
        var delays = Enumerable.Range(1, 10).Select(attempts => DeliverySchedule.After(attempts, retryAfter: null)).ToList();
        Assert.Null(delays[^1]);
        Assert.InRange(delays[0]!.Value, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        var inAll = TimeSpan.FromTicks(delays.Sum(delay => delay?.Ticks ?? 0));
        Assert.InRange(inAll, TimeSpan.FromHours(75.5), TimeSpan.FromHours(83.2));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(120, 120)]
    [InlineData(1_000_000, 86_400)]
    public void Receiver_MayAskForMoreTimeUpToADay(int asked, int atLeast) => Assert.InRange(
        DeliverySchedule.After(1, TimeSpan.FromSeconds(asked))!.Value,
        TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(1.1 * atLeast));
}
