using RdmCloud.Cli.Bench.Scaling.Autoscaling;

namespace RdmCloud.Cli.Bench;

/// <summary>The rules of KEDA and the HPA, one decision after the other.</summary>
public class Autoscaling_Tests
{
    [Theory]
    [InlineData(2, 20, 2)]
    [InlineData(2, 21, 2)] // within a tenth of the target
    [InlineData(2, 23, 3)]
    [InlineData(2, 18, 2)]
    [InlineData(2, 10, 1)]
    [InlineData(1, 0, 1)] // to none is KEDA's affair
    [InlineData(1, 1000, 5)] // 4 more at once
    [InlineData(8, 1000, 16)] // or the double
    [InlineData(16, 1000, 20)] // and never more than the most
    public void Hpa_WantsTheMetricDividedByTheTarget(int replicas, int metric, int expected) =>
        Assert.Equal(expected,
            new HorizontalAutoscaler(new() { Target = 10, MaxReplicas = 20, Stabilization = 0 }).Decide(15, replicas, metric));

    [Fact]
    public void ScaleUp_IsAtMostDoubledOrFourMoreInFifteenSeconds()
    {
        var hpa = new HorizontalAutoscaler(new() { Target = 10, MaxReplicas = 20 });
        Assert.Equal([5, 10, 20], Play(hpa, replicas: 1, (15, 1000), (30, 1000), (45, 1000)));
    }

    [Fact]
    public void StabilizationWindow_KeepsWhatWasWantedOfLate()
    {
        var hpa = new HorizontalAutoscaler(new() { Target = 10, MaxReplicas = 20, Stabilization = 300 });
        Assert.Equal([5, 10, 10, 10, 1], Play(hpa, replicas: 1, (15, 100), (30, 100), (45, 0), (315, 0), (330, 0)));
    }

    [Fact]
    public void ScaleDownPolicy_LetsSoManyGoInItsPeriod()
    {
        var hpa = new HorizontalAutoscaler(new() { Target = 10, Stabilization = 0, ScaleDown = new(1, 60) });
        Assert.Equal([4, 4, 4, 4, 3], Play(hpa, replicas: 5, (15, 0), (30, 0), (45, 0), (60, 0), (75, 0)));
    }

    [Fact]
    public void Keda_WakesThePodAboveTheActivation_AndEndsItAfterTheCooldown()
    {
        var keda = new KedaActivation(new() { Activation = 2, CooldownPeriod = 60 });
        Assert.Equal(0, keda.Decide(10, 0, 2));
        Assert.Equal(1, keda.Decide(20, 0, 3));
        Assert.Equal(4, keda.Decide(30, 4, 40)); // between one and many it does nothing
        Assert.Equal(4, keda.Decide(90, 4, 0));
        Assert.Equal(0, keda.Decide(91, 4, 0));
    }

    [Fact]
    public void Keda_EndsNoneOfTheLeast() =>
        Assert.Equal(2, new KedaActivation(new() { MinReplicas = 2, CooldownPeriod = 0 }).Decide(1000, 2, 0));

    static int[] Play(HorizontalAutoscaler hpa, int replicas, params (double At, int Metric)[] syncs) =>
        [.. syncs.Select(sync => replicas = hpa.Decide(sync.At, replicas, sync.Metric))];
}
