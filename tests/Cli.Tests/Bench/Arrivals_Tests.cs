using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench;

public class Arrivals_Tests
{
    static readonly PoissonProcess process = new()
    {
        Rate = 5,
        Duration = 2000,
        Tenants = [new("loud", Share: 3), new("quiet")],
        Pictures = [1, 2],
        Steps = [10, 20],
        Styles = ["noto", null],
    };

    [Fact]
    public void SameSeed_GivesTheSameJobs_AndAnotherSeedOthers()
    {
        Assert.Equal(process.Arrivals(), process.Arrivals());
        Assert.NotEqual(process.Arrivals(), (process with { Seed = 2 }).Arrivals());
    }

    [Fact]
    public void PoissonProcess_ComesAtItsRateWithExponentialGaps()
    {
        var times = process.Arrivals().Select(arrival => arrival.At).ToList();
        Assert.InRange(times.Count, 9_700, 10_300); // three standard deviations
        Assert.Equal(times.Order(), times);
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
        Assert.InRange(gaps.Count(gap => gap > 0.2) / (double)gaps.Count, 0.35, 0.39); // 1/e are longer than the mean
    }

    [Fact]
    public void Shares_AreThoseOfTheJobs_AndEveryShapeComes()
    {
        var jobs = process.Arrivals().ToList();
        Assert.InRange(jobs.Count(job => job.Tenant == "loud") / (double)jobs.Count, 0.73, 0.77);
        Assert.Equal(8, jobs.DistinctBy(job => (job.Pictures, job.Steps, job.Style)).Count());
    }

    [Fact]
    public void Burst_HasARateOfItsOwn()
    {
        var times = (process with { Bursts = [new(50, 100, 20), new(0, 200, 100)] }).Arrivals().Select(arrival => arrival.At)
            .ToList();
        Assert.InRange(times.Count(at => at is >= 100 and < 120), 900, 1100);
        Assert.DoesNotContain(times, at => at is >= 200 and < 300);
        Assert.InRange(times.Count(at => at < 100), 430, 570);
    }

    [Theory]
    [InlineData("seconds,tenant,pictures,steps\n0,a,1,20\nsoon,a,1,20", "line 3: seconds must be a number from 0")]
    [InlineData("seconds,tenant,pictures,steps\n-1,a,1,20", "line 2: seconds")]
    [InlineData("seconds,tenant,pictures,steps\n\n# a comment\n0,a,11,20",
        "line 4: pictures must be a number from 1 to 10, not '11'")]
    [InlineData("seconds,tenant,pictures,steps\n0,a,1,2.5", "line 2: steps must be a whole number, not '2.5'")]
    [InlineData("seconds,tenant,pictures,steps\n0,,1,20", "line 2: it names no tenant")]
    [InlineData("seconds,tenant,pictures,steps\n0,a", "line 2: pictures")]
    [InlineData("seconds,tenant,steps\n0,a,20", "there is no 'pictures'")]
    [InlineData("seconds,tenant,pictures,steps\n", "there is no job in it")]
    [InlineData("", "must name the columns")]
    public async Task TraceThatIsWrong_IsRefusedWithItsLine(string text, string said)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(text));
        Assert.Contains(said, refused.Message);
    }

    [Fact]
    public async Task Trace_IsReadInTheOrderOfItsTimes() => Assert.Equal(
        [new(0.5, "b", 2, 10), new(3, "a", 1, 20, "noto")],
        await ReadAsync("tenant,seconds,steps,pictures,style\na,3,20,1,noto\nb, 0.5, 10, 2 # early"));

    static async Task<IReadOnlyList<Arrival>> ReadAsync(string text)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            return await TraceFile.ReadAsync(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
