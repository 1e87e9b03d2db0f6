using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Scaling.Autoscaling;
using RdmCloud.Cli.Bench.Scaling.Simulation;
using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench;

/// <summary>Cases that can be worked out by hand.</summary>
public class ScalingSimulation_Tests
{
    static readonly StepTimes oneAtATime = new("by hand", 1, new() { [1] = 1 }, 0);
    static readonly ScalingSettings onePod = new() { MinReplicas = 1, MaxReplicas = 1 };
    static readonly ScalingSettings fromZero = new() { PollingInterval = 10, CooldownPeriod = 30, Startup = 60 };

    [Fact]
    public void OnePod_DrawsOneJobAfterTheOther()
    {
        var outcome = Run(oneAtATime, onePod, Job(0), Job(1), Job(2));
        Assert.Equal([0, 3, 6], outcome.Waits); // begun at 0, 4 and 8
        Assert.Equal(9 / 60.0, outcome.WaitMinutes, 9);
        Assert.Equal(12 / 60.0, outcome.GpuMinutes, 9);
        Assert.Equal(0, outcome.WastedMinutes, 9);
    }

    [Fact]
    public void Newcomers_JoinTheNextStep_WhichTakesAsLongAsTheTableSays()
    {
        var outcome = Run(new("by hand", 4, new() { [1] = 1, [4] = 2 }, 0.5), onePod,
            [.. Enumerable.Repeat(Job(0, steps: 2), 4)]);
        Assert.Equal([0, 1, 1, 1], outcome.Waits); // the first step had begun
        // steps of one, four and three, each picture decoded once
        Assert.Equal((1 + 2.5 + 1 + 2 / 3.0 + 3 * 0.5) / 60, outcome.GpuMinutes, 9);
    }

    [Fact]
    public void PicturesOfAJob_TakeASlotEach()
    {
        var outcome = Run(new("by hand", 4, new() { [1] = 1, [4] = 1 }, 0), onePod,
            [.. Enumerable.Repeat(new Arrival(0, "a", 3, 4), 2)]);
        Assert.Equal([0, 1], outcome.Waits);
        Assert.Equal(8 / 60.0, outcome.GpuMinutes, 9); // of the second job one picture has a slot at 1, and two have one at 4
    }

    [Fact]
    public void FirstPod_ComesAtAPollAndGoesAfterTheCooldown()
    {
        var outcome = Run(oneAtATime, fromZero, Job(3));
        Assert.Equal(67, outcome.Wait!.Max, 9); // polled at 10, ready at 70
        // last seen at work at 70; at 100 the cooldown is not yet over, at 110 it is
        Assert.Equal(100 / 60.0, outcome.GpuMinutes, 9);
        Assert.Equal(60 / 60.0, outcome.StartingMinutes, 9);
        Assert.Equal(36 / 60.0, outcome.IdleMinutes, 9);
    }

    [Fact]
    public void BacklogInTheLedger_WakesThePod_ThoughNothingIsInTheQueue() =>
        Assert.Equal(0, Run(oneAtATime, fromZero with { Activation = 1 }, Job(3), Job(4)).NeverDrawn);

    [Fact]
    public void JobsBelowTheActivation_AreNeverDrawn() =>
        Assert.Equal(1, Run(oneAtATime, fromZero with { Activation = 1 }, Job(3)).NeverDrawn);

    [Fact]
    public void Burst_DrainsAtTheRateOfTheTable()
    {
        var times = new StepTimes("by hand", 4, new() { [1] = 1, [4] = 1 }, 0);
        Assert.Equal(1, times.PicturesPerSecond(steps: 4));
        var outcome = ScalingSimulation.Run([.. Enumerable.Repeat(Job(10), 40)], [new Burst(80, 10, 0.5)], times, onePod);
        // three slots begin at 11, their tenth jobs at 47; the burst ended at 10.5
        Assert.Equal(36.5, outcome.DrainSeconds!.Value, 9);
    }

    [Fact]
    public void Pods_AreAsManyAsTheBacklogWants_AndNeverMoreThanTheMost()
    {
        Arrival[] jobs = [.. Enumerable.Repeat(Job(1, steps: 100), 60)];
        Assert.Equal(3, Run(oneAtATime, fromZero with { Target = 20, MaxReplicas = 100 }, jobs).MaxPods);
        Assert.Equal(2, Run(oneAtATime, fromZero with { Target = 1, MaxReplicas = 2 }, jobs).MaxPods);
    }

    [Fact]
    public void PodThatIsToGo_DrawsWhatItHoldsFirst()
    {
        var settings = fromZero with { Target = 2, CooldownPeriod = 0, Stabilization = 0, Startup = 0 };
        var outcome = Run(oneAtATime, settings, Job(1, steps: 10), Job(1, steps: 100), Job(1, steps: 100));
        Assert.Equal([9, 14, 19], outcome.Waits); // pods come at 10 and 15; at 30 two jobs want one pod only, and both are drawn
        Assert.Equal(0, outcome.NeverDrawn);
        Assert.Equal((120 + 100) / 60.0, outcome.GpuMinutes, 9); // from 10 to 130, from 15 to 115
        Assert.Equal(10 / 60.0, outcome.WastedMinutes, 9);
    }

    [Fact]
    public void SameJobs_HaveTheSameOutcome()
    {
        Arrival[] jobs = [.. new PoissonProcess { Rate = 0.5, Duration = 600 }.Arrivals()];
        var (one, other) = (Run(oneAtATime, fromZero, jobs), Run(oneAtATime, fromZero, jobs));
        Assert.Equal(one.Samples, other.Samples);
        Assert.Equal(one.Waits, other.Waits);
    }

    static ScalingOutcome Run(StepTimes times, ScalingSettings settings, params Arrival[] jobs) =>
        ScalingSimulation.Run(jobs, [], times, settings);

    static Arrival Job(double at, int steps = 4) => new(at, "a", 1, steps);
}
