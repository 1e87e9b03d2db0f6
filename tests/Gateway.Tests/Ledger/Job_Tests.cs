using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Ledger;

public class Job_Tests
{
    static readonly DateTimeOffset now = DateTimeOffset.UnixEpoch.AddDays(1), later = now.AddMinutes(1);
    readonly Job job = Jobs.New();

    public Job_Tests()
    {
        job.Accepted(position: 3, now);
        job.Dispatched(later);
    }

    [Fact]
    public void Outcomes_MoveItThroughTheChain()
    {
        job.Embedded(new(job.Reference, false), later, now);
        Assert.Equal((JobStatus.Processing, Stage.Retrieval), (job.Status, job.Stage));
        job.Retrieved(new(job.Reference, []), later, now);
        Assert.Equal(Stage.Sampling, job.Stage);
        job.Progressed(new(job.Reference, 0, 20), later, now);
        Assert.Equal(now, job.StartedAt);
        job.Sampled(new(job.Reference, 2.5), later);
        Assert.Equal((Stage.Storage, 2.5), (job.Stage, job.DeviceSeconds));
        job.Stored(Stored(), now);
        Assert.Equal((JobStatus.Completed, now), (job.Status, job.CompletedAt));
        Assert.Equal(
            ["queued", "embedded", "retrieved", "started", "progress", "completed"],
            job.Events.Select(happened => happened.Type));
        Assert.Equal(Enumerable.Range(1, 6), job.Events.Select(happened => happened.Sequence));
    }

    [Fact]
    public void OutcomeHeardTwice_ChangesNothingTheSecondTime()
    {
        for (var time = 0; time < 2; time++)
        {
            job.Embedded(new(job.Reference, false), later, now);
            job.Retrieved(new(job.Reference, []), later, now);
            job.Sampled(new(job.Reference, 2.5), later);
            job.Stored(Stored(), now);
        }
        Assert.Equal(2.5, job.DeviceSeconds);
        Assert.Equal(4, job.Events.Count);
    }

    [Fact]
    public void OutcomeOfAStageThatIsPassed_IsIgnored()
    {
        job.Retrieved(new(job.Reference, []), later, now);
        var version = job.Version;
        job.Embedded(new(job.Reference, false), later, now);
        Assert.Equal((Stage.Sampling, version), (job.Stage, job.Version));
    }

    [Fact]
    public void FailureThatMayPass_LetsItWaitAndTryAgain()
    {
        job.Failed(new(job.Reference, Stage.Embedding, "hm", Transient: true), retryAt: later, now);
        Assert.Equal((JobStatus.Queued, 2, later), (job.Status, job.Attempt, job.StartAfter));
        Assert.Null(job.Error);
    }

    [Fact]
    public void FailureOfAnEarlierAttempt_IsIgnored()
    {
        var first = job.Reference;
        job.Failed(new(first, Stage.Embedding, "hm", Transient: true), later, now);
        job.Dispatched(later);
        job.Failed(new(first, Stage.Embedding, "hm", Transient: false), later, now);
        Assert.Equal((JobStatus.Processing, 2), (job.Status, job.Attempt));
    }

    [Fact]
    public void FailureForGood_EndsItWithTheReason()
    {
        job.Failed(new(job.Reference, Stage.Sampling, "The picture is too large.", Transient: false), later, now);
        Assert.Equal((JobStatus.Failed, "The picture is too large.", Stage.Sampling), (job.Status, job.Error, job.Stage));
    }

    [Fact]
    public void PicturesOfAnEarlierAttempt_AreAsGood()
    {
        var first = job.Reference;
        job.Failed(new(first, Stage.Embedding, "hm", Transient: true), later, now);
        job.Stored(Stored() with { Job = first }, now);
        Assert.Equal(JobStatus.Completed, job.Status);
    }

    public static TheoryData<Action<Job>> Ends => new(
        job => job.Stored(Stored(), now),
        job => job.Fail(null, "no", now),
        job => job.Cancel(now),
        job => job.Expire(now));

    [Theory]
    [MemberData(nameof(Ends))]
    public void End_IsFinal(Action<Job> end)
    {
        end(job);
        var (status, version) = (job.Status, job.Version);
        job.Embedded(new(job.Reference, false), later, now);
        job.Retrieved(new(job.Reference, []), later, now);
        job.Progressed(new(job.Reference, 1, 2), later, now);
        job.Previewed(new(job.Reference, 0, 1, "key"), now);
        job.Sampled(new(job.Reference, 1), later);
        job.Stored(Stored(), now);
        job.Failed(new(job.Reference, Stage.Storage, "no", false), later, now);
        job.Cancel(now);
        job.Expire(now);
        Assert.Equal((status, version), (job.Status, job.Version));
        Assert.True(job.IsOver);
    }

    static ImagesStored Stored() => new(Jobs.New().Reference, [], "manifest", "hash", new());
}
