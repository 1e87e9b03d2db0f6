using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts.Stages;
using RdmCloud.Models;
using RdmCloud.Sampling.Support;

namespace RdmCloud.Sampling.Lanes;

/// <summary>Jobs that nobody waits for any more.</summary>
public sealed class Ending_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    static readonly Dictionary<string, string?> oneAtATime = new() { ["Sampling:Slots"] = "1" };

    [Fact]
    public async Task CanceledJob_LetsTheNextOneIn()
    {
        await using var worker = await TestWorker.StartAsync(model.Directory.Path, oneAtATime);
        var (canceled, next) = (Long(), Jobs.Job());
        await worker.SubmitAsync(canceled);
        await worker.Heard.FirstAsync<SamplingProgressed>(progress => progress.Job == canceled.Job);
        await worker.SubmitAsync(next);
        await worker.PublishAsync(new GenerationCancelled(canceled.Job));
        await AssertDroppedAsync(worker, canceled, next);
    }

    [Fact]
    public async Task JobAtItsDeadline_LetsTheNextOneIn()
    {
        var time = new FakeTimeProvider();
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path, oneAtATime, services => services.AddSingleton<TimeProvider>(time));
        var late = Long().With(generation => generation with { Deadline = time.GetUtcNow() + TimeSpan.FromMinutes(1) });
        var next = Jobs.Job();
        await worker.SubmitAsync(late);
        await worker.Heard.FirstAsync<SamplingProgressed>(progress => progress.Job == late.Job);
        await worker.SubmitAsync(next);
        time.Advance(TimeSpan.FromMinutes(2));
        await AssertDroppedAsync(worker, late, next);
    }

    [Fact]
    public async Task JobPastItsDeadline_IsNotBegun()
    {
        await using var worker = await TestWorker.StartAsync(model.Directory.Path, oneAtATime);
        var (late, next) = (Jobs.Job().With(generation => generation with { Deadline = DateTimeOffset.UnixEpoch }), Jobs.Job());
        await worker.SubmitAsync(late);
        await worker.SubmitAsync(next);
        await AssertDroppedAsync(worker, late, next);
        Assert.DoesNotContain(late.Job, worker.Heard.All<SamplingProgressed>().Select(progress => progress.Job));
    }

    /// <summary>Hours of work, were it not to end before.</summary>
    static SampleImages Long() => Jobs.Job(TinyModel.Request(steps: 1000) with { Pictures = 1000 });

    static async Task AssertDroppedAsync(TestWorker worker, SampleImages dropped, SampleImages next)
    {
        await worker.StoredAsync(next.Job);
        Assert.DoesNotContain(dropped.Job, worker.Heard.All<ImagesSampled>().Select(sampled => sampled.Job));
        Assert.Empty(worker.Heard.All<StageFailed>());
    }
}
