using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Sampling;

[Trait("Category", "Parity")]
public class NoiseSchedule_Parity
{
    [Theory, InlineData("laion", 0.015), InlineData("imagenet", 0.0195)]
    public void ScheduleOfTheOriginal_IsTheSame(string model, double linearEnd)
    {
        var schedule = new NoiseSchedule(1000, 0.0015, linearEnd);
        var expected = Parity.Read(Path.Combine(Fixtures.Find("schedules"), "schedules.safetensors"));
        Parity.AssertEqual("schedules", expected[$"{model}_betas"], tensor(schedule.Betas), 1e-12);
        var cumulative = tensor(Enumerable.Range(0, 1000).Select(schedule.AlphaCumprod).ToArray());
        Parity.AssertEqual("schedules", expected[$"{model}_alphas_cumprod"], cumulative, 1e-12);
        var prefix = $"{model}_ddim_timesteps_";
        foreach (var name in expected.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
            Assert.Equal(
                expected[name].data<long>().ToArray(),
                schedule.Spread(int.Parse(name[prefix.Length..])).Select(step => (long)step));
    }

    [Theory, InlineData(320), InlineData(33)]
    public void TimestepEmbeddingOfTheOriginal_IsTheSame(int width)
    {
        var expected = Parity.Read(Path.Combine(Fixtures.Find("schedules"), "schedules.safetensors"));
        var embedding = Networks.TimestepEmbedding.Sinusoid(expected["timestep_embedding_t"], width);
        Parity.AssertEqual("schedules", expected[$"timestep_embedding_{width}"], embedding, Parity.OneCall);
    }
}

public class NoiseSchedule_Tests
{
    [Fact]
    public void EveryStepCount_VisitsSoManyDifferentTimestepsInOrder()
    {
        var schedule = new NoiseSchedule(1000, 0.0015, 0.015);
        for (var steps = 1; steps <= 1000; steps++)
        {
            foreach (var timesteps in (int[][])[schedule.Spread(steps), schedule.SpreadByNoise(steps)])
            {
                Assert.Equal(steps, timesteps.Length);
                Assert.Equal(timesteps.Distinct().Order(), timesteps);
                Assert.InRange(timesteps[0], 0, 999);
                Assert.InRange(timesteps[^1], 0, 999);
            }
        }
    }

    [Fact]
    public void SingleStep_StandsAtTheLastTimestep() => Assert.Equal([999], new NoiseSchedule(1000, 0.0015, 0.015).Spread(1));

    [Theory, InlineData(0), InlineData(-1), InlineData(1001)]
    public void ImpossibleStepCount_IsRefused(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseSchedule(1000, 0.0015, 0.015).Spread(steps));
}
