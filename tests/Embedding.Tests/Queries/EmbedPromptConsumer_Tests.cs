using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Diffusion.Models;
using RdmCloud.Embedding.Support;

namespace RdmCloud.Embedding.Queries;

public class EmbedPromptConsumer_Tests
{
    [Fact]
    public async Task Prompt_IsEmbeddedAndSentToRetrieval()
    {
        await using var host = await EmbeddingHost.StartAsync();
        var (job, generation) = await SendAsync(host, new("a red heart"), negative: "blue");
        Assert.Equal(new(job, Truncated: false), await host.HearAsync<PromptEmbedded>());
        var next = await host.HearAsync<RetrieveNeighbors>();
        Assert.Equal((job, generation.Seed), (next.Job, next.Generation.Seed));
        using var model = new RdmModel(ModelDirectory.Open(EmbeddingHost.ModelFolder));
        AssertNear(model.EmbedText("a red heart").Embedding, next.Query);
        AssertNear(model.EmbedText("blue").Embedding, next.Negative!);
        Assert.True(next.Timings.Embedding > 0);
    }

    [Fact]
    public async Task PromptThatIsTooLong_IsReportedAsCut()
    {
        var clip = new FakeClip();
        await using var host = await EmbeddingHost.StartAsync(clip);
        await SendAsync(host, new("a prompt of over twenty characters"), clip.Name);
        Assert.True((await host.HearAsync<PromptEmbedded>()).Truncated);
        Assert.Null((await host.HearAsync<RetrieveNeighbors>()).Negative);
    }

    [Fact]
    public async Task Picture_IsEmbeddedLikeAText()
    {
        var clip = new FakeClip();
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/picture", Files.Picture(40, 30));
        await SendAsync(host, new(ImageKey: "uploads/picture"), clip.Name);
        var next = await host.HearAsync<RetrieveNeighbors>();
        Assert.Equal([40f, 30f], PackedEmbedding.Unpack(next.Query));
    }

    [Fact]
    public async Task JobThatCanNeverWork_IsReportedWithItsReason()
    {
        await using var host = await EmbeddingHost.StartAsync(new FakeClip());
        await SendAsync(host, new("a cat"), model: "other");
        var failed = await host.HearAsync<StageFailed>();
        Assert.Equal((Stage.Embedding, false), (failed.Stage, failed.Transient));
        Assert.Contains("no model 'other'", failed.Reason);
    }

    [Fact]
    public async Task JobThatFailsUnforeseen_IsLeftToTheLedger()
    {
        var clip = new FakeClip();
        await using var host = await EmbeddingHost.StartAsync(clip);
        await SendAsync(host, new(FakeClip.Poison), clip.Name);
        var failed = await host.HearAsync<StageFailed>();
        Assert.True(failed.Transient);
        Assert.DoesNotContain("poison", failed.Reason);
        await SendAsync(host, new("a cat"), clip.Name);
        await host.HearAsync<RetrieveNeighbors>();
    }

    [Fact]
    public async Task JobPastItsDeadline_IsDropped()
    {
        var clip = new FakeClip();
        await using var host = await EmbeddingHost.StartAsync(clip);
        await SendAsync(host, new("too late"), clip.Name, deadline: TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1));
        await SendAsync(host, new("in time"), clip.Name);
        await host.HearAsync<RetrieveNeighbors>();
        Assert.Equal(["in time"], clip.Calls);
    }

    static async Task<(JobReference, Generation)> SendAsync(
        EmbeddingHost host, GenerationQuery query, string model = EmbeddingHost.Model,
        string? negative = null, DateTimeOffset? deadline = null)
    {
        var job = new JobReference("tenant", $"job-{Guid.NewGuid():N}", Attempt: 1);
        var generation = new Generation
        {
            Query = query,
            NegativePrompt = negative,
            Model = model,
            K = 4,
            Pictures = 1,
            Seed = 7,
            GuidanceScale = 2,
            Steps = 4,
            Sampler = SamplerKind.Ddim,
            Width = 64,
            Height = 64,
            Deadline = deadline,
            ExpiresAt = DateTimeOffset.MaxValue,
        };
        await host.SendAsync(StageQueues.EmbedPrompt, new EmbedPrompt(job, generation));
        return (job, generation);
    }

    static void AssertNear(float[] expected, byte[] packed)
    {
        var actual = PackedEmbedding.Unpack(packed);
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b) / Math.Max(Math.Abs(a), 0.01f)).Max(), 0, 1e-3);
    }
}
