using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

public class FairShare_Tests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    public void TenantsThatAlwaysWait_AreServedByTheirWeights(double first, double second)
    {
        var (a, b) = (TenantOf("a", first), TenantOf("b", second));
        var share = new FairShare(0);
        var served = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 };
        for (var i = 0; i < 400; i++)
        {
            var chosen = share.Choose([a, b]);
            share.Charge(chosen, cost: 20);
            served[chosen.Id]++;
        }
        Assert.Equal(first / second, (double)served["a"] / served["b"], first / second * 0.03);
    }

    [Fact]
    public void Newcomer_IsNext()
    {
        var (busy, newcomer) = (TenantOf("a", 1), TenantOf("b", 1));
        var share = new FairShare(0);
        for (var i = 0; i < 50; i++)
            share.Charge(share.Choose([busy]), 20);
        Assert.Same(newcomer, share.Choose([busy, newcomer]));
    }

    [Fact]
    public void TenantThatWasAway_HasSavedNothingUp()
    {
        var (busy, away) = (TenantOf("a", 1), TenantOf("b", 1));
        var share = new FairShare(0);
        for (var i = 0; i < 100; i++)
            share.Charge(share.Choose([busy]), 20);
        var order = Enumerable.Range(0, 10).Select(_ =>
        {
            var chosen = share.Choose([busy, away]);
            share.Charge(chosen, 20);
            return chosen.Id;
        });
        Assert.Equal(5, order.Count(id => id == "b"));
    }

    [Fact]
    public void DearJobs_CountForMore()
    {
        var (dear, cheap) = (TenantOf("a", 1), TenantOf("b", 1));
        var share = new FairShare(0);
        var served = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 };
        for (var i = 0; i < 110; i++)
        {
            var chosen = share.Choose([dear, cheap]);
            share.Charge(chosen, chosen == dear ? 100 : 10);
            served[chosen.Id]++;
        }
        Assert.InRange(served["b"], 9 * served["a"], 11 * served["a"]);
    }

    static Tenant TenantOf(string id, double weight) =>
        new() { Id = id, Name = id, Weight = weight, CreatedAt = DateTimeOffset.UnixEpoch };
}
