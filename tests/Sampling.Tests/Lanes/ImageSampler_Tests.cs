using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.Sampling.Support;

namespace RdmCloud.Sampling.Lanes;

public sealed class ImageSampler_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MixedJobsOfBothLanes_AreDrawnAsEachIsAlone()
    {
        await using var worker = await StartAsync(new() { ["Sampling:Slots"] = "6", ["Sampling:MaxRows"] = "8" });
        var jobs = TinyModel.Mix(seed: 3, count: 12).Select((request, i) =>
        {
            var drawable = request with { Eta = 0 };
            return (Request: drawable, Command: Jobs.Job(drawable).With(generation => generation with { Lane = (Lane)(i % 2) }));
        }).ToList();
        foreach (var (_, command) in jobs)
            await worker.SubmitAsync(command);
        foreach (var (request, command) in jobs)
            TinyModel.AssertSame(model.Alone.Draw(request.Rounded()), await worker.PicturesAsync(command.Job));
        Assert.Equal(12, worker.Heard.All<ImagesSampled>().Count);
        Assert.Empty(worker.Heard.All<StageFailed>());
    }

    [Fact]
    public async Task WhatIsDrawn_IsTold()
    {
        await using var worker = await StartAsync();
        var job = Jobs.Job(TinyModel.Request(seed: 40) with { Pictures = 2 });
        await worker.SubmitAsync(job);
        var stored = await worker.StoredAsync(job.Job);
        Assert.Equivalent(job.Generation, stored.Generation, strict: true);
        Assert.Equal(model.Directory.Hash, stored.ModelHash);
        Assert.Equal("image-0", Assert.Single(stored.Neighbors).Image);
        Assert.Null(stored.Neighbors[0].Embedding);
        Assert.Equal([(0, 40L), (1, 41L)], stored.Pictures.Select(picture => (picture.Picture, picture.Seed)));
        Assert.Equal((1, 2), (stored.Timings.Embedding, stored.Timings.Retrieval));
        Assert.True(stored.Timings is { SamplingWait: > 0, Sampling: > 0 });
        var sampled = await worker.Heard.FirstAsync<ImagesSampled>();
        Assert.Equal(job.Job, sampled.Job);
        Assert.InRange(sampled.Seconds, double.Epsilon, stored.Timings.Sampling / 1000);
    }

    [Theory]
    [InlineData(PictureFormat.Png, "image/png", ".png", 0)]
    [InlineData(PictureFormat.WebP, "image/webp", ".webp", 60)]
    [InlineData(PictureFormat.Jpeg, "image/jpeg", ".jpg", 60)]
    public async Task Pictures_AreWrittenInTheFormatAskedFor(
        PictureFormat format, string contentType, string extension, double difference)
    {
        await using var worker = await StartAsync();
        var job = Jobs.Job().With(generation => generation with { Format = format });
        await worker.SubmitAsync(job);
        var picture = Assert.Single((await worker.StoredAsync(job.Job)).Pictures);
        Assert.Equal(contentType, picture.ContentType);
        Assert.StartsWith($"transit/{job.Job.Job}/", picture.Key);
        Assert.EndsWith(extension, picture.Key);
        Assert.Equal(contentType, (await worker.Store.HeadAsync(picture.Key, Cancellation))!.ContentType);
        var (expected, image) = (model.Alone.Draw(TinyModel.Request().Rounded())[0], (await worker.PicturesAsync(job.Job))[0]);
        Assert.Equal((expected.Width, expected.Height), (image.Width, image.Height));
        Assert.InRange(expected.Pixels.Zip(image.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, difference);
    }

    [Fact]
    public async Task BadRequests_AreRefusedAlone()
    {
        await using var worker = await StartAsync(new() { ["Sampling:MaxSteps"] = "20", ["Sampling:MaxSide"] = "64" });
        var good = Jobs.Job();
        var bad = new Dictionary<string, SampleImages>
        {
            ["multiples of 4"] = Jobs.Job().With(generation => generation with { Width = 18 }),
            ["64 pixels"] = Jobs.Job().With(generation => generation with { Height = 1 << 20 }),
            ["20 steps"] = Jobs.Job().With(generation => generation with { Steps = 21 }),
            ["'other'"] = Jobs.Job().With(generation => generation with { Model = "other" }),
            ["has 0 numbers"] = Jobs.Job() with { Neighbors = [new("database", 1, "image", 1, 1)] },
            ["damaged"] = Jobs.Job() with { Query = [1, 2, 3] },
            ["not finite"] = Jobs.Job() with { Negative = [.. Enumerable.Repeat<byte>(0xFF, 2 * TinyModel.ContextDim)] },
        };
        foreach (var job in bad.Values.Append(good))
            await worker.SubmitAsync(job);
        foreach (var (reason, job) in bad)
        {
            var failed = await worker.Heard.FirstAsync<StageFailed>(failed => failed.Job == job.Job);
            Assert.Contains(reason, failed.Reason);
            Assert.False(failed.Transient);
        }
        Assert.Single(await worker.PicturesAsync(good.Job));
        Assert.Equal(bad.Count, worker.Heard.All<StageFailed>().Count);
    }

    [Fact]
    public async Task SameJobTwice_IsDrawnOnce()
    {
        await using var worker = await StartAsync();
        var job = Jobs.Job(TinyModel.Request() with { Pictures = 2 });
        await worker.SubmitAsync(job);
        var first = await worker.StoredAsync(job.Job);
        byte[] marked = [1, 2, 3]; // nobody draws this
        await worker.Store.PutAsync(first.Pictures[0].Key, new MemoryStream(marked), "image/png", Cancellation);
        var again = job with { Job = job.Job with { Attempt = 2 } };
        await worker.SubmitAsync(again);
        var second = await worker.StoredAsync(again.Job);
        Assert.Equal(first.Pictures, second.Pictures);
        Assert.Equal(marked, await worker.BytesAsync(first.Pictures[0].Key));
        Assert.Equal(0, (await worker.Heard.FirstAsync<ImagesSampled>(sampled => sampled.Job == again.Job)).Seconds);
    }

    [Fact]
    public async Task JobThatIsStored_IsNotDrawnAgain()
    {
        var painter = new HeldPainter(model.Directory);
        await using var worker = await StartWithAsync(painter);
        var job = Jobs.Job();
        await worker.Store.PutAsync(
            $"{ResultFolder.Manifests(job.Job)}0123.json", new MemoryStream([1]), "application/json", Cancellation);
        await worker.SubmitAsync(job);
        Assert.Single((await worker.StoredAsync(job.Job)).Pictures);
        Assert.Empty(painter.Asked.All<ulong>());
    }

    [Fact]
    public async Task JobThatComesAgainWhileItIsDrawn_WaitsForItsPictures()
    {
        var painter = new HeldPainter(model.Directory);
        await using var worker = await StartWithAsync(painter);
        var (job, other) = (Jobs.Job(), Jobs.Job(seed: 7));
        var again = job with { Job = job.Job with { Attempt = 2 } };
        await worker.SubmitAsync(job);
        await painter.Asked.FirstAsync<ulong>();
        await worker.SubmitAsync(again);
        await worker.SubmitAsync(other);
        await painter.Asked.FirstAsync<ulong>(seed => seed == 7);
        painter.Release(2);
        Assert.Equal((await worker.StoredAsync(job.Job)).Pictures, (await worker.StoredAsync(again.Job)).Pictures);
        await worker.StoredAsync(other.Job);
        Assert.Equal([0UL, 7UL], painter.Asked.All<ulong>());
    }

    [Fact]
    public async Task JobOfWhichAPictureIsMissing_IsDrawnAgain_ToTheSameBytes()
    {
        await using var worker = await StartAsync();
        var job = Jobs.Job(TinyModel.Request() with { Pictures = 2 });
        await worker.SubmitAsync(job);
        var key = (await worker.StoredAsync(job.Job)).Pictures[1].Key;
        var bytes = await worker.BytesAsync(key);
        await worker.Store.DeleteAsync(key, Cancellation);
        var again = job with { Job = job.Job with { Attempt = 2 } };
        await worker.SubmitAsync(again);
        await worker.StoredAsync(again.Job);
        Assert.Equal(bytes, await worker.BytesAsync(key));
    }

    Task<TestWorker> StartWithAsync(IPainter painter) =>
        TestWorker.StartAsync(model.Directory.Path, add: services => services.AddSingleton(painter));

    Task<TestWorker> StartAsync(Dictionary<string, string?>? settings = null) =>
        TestWorker.StartAsync(model.Directory.Path, settings);
}
