using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts.Stages;
using RdmCloud.Images;
using RdmCloud.Models;
using RdmCloud.Sampling.Support;

namespace RdmCloud.Sampling.Lanes;

public sealed class JobProgress_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task FastJob_TellsItsBeginningAndItsEndAlone()
    {
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path, add: services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        var job = Jobs.Job(steps: 8);
        await worker.SubmitAsync(job);
        await worker.StoredAsync(job.Job);
        Assert.Equal([new(job.Job, 0, 8), new(job.Job, 8, 8)], worker.Heard.All<SamplingProgressed>());
        Assert.Empty(worker.Heard.All<PreviewDrawn>());
    }

    [Fact]
    public async Task WithoutAnInterval_StepsAreToldInTheirOrder()
    {
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path, new() { ["Sampling:ProgressInterval"] = "00:00:00" });
        var job = Jobs.Job(steps: 50);
        await worker.SubmitAsync(job);
        await worker.StoredAsync(job.Job);
        var steps = worker.Heard.All<SamplingProgressed>().Select(progress => progress.Step).ToList();
        Assert.Equal(steps.Order(), steps);
        Assert.Equal((0, 50), (steps[0], steps[^1]));
        Assert.True(steps.Count > 2);
    }

    [Fact]
    public async Task Previews_ArePicturesInTransit()
    {
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path, new() { ["Sampling:PreviewInterval"] = "00:00:00" });
        var job = Jobs.Job(TinyModel.Request(steps: 20) with { Pictures = 2 })
            .With(generation => generation with { Previews = true });
        await worker.SubmitAsync(job);
        await worker.StoredAsync(job.Job);
        var previews = worker.Heard.All<PreviewDrawn>();
        Assert.Equal([0, 1], previews.Select(preview => preview.Picture).Distinct().Order());
        foreach (var preview in previews)
        {
            Assert.InRange(preview.Step, 1, 19);
            Assert.StartsWith($"transit/{job.Job.Job}/preview-{preview.Picture}-{preview.Step}", preview.Key);
            var image = ImageFile.Read(new MemoryStream(await worker.BytesAsync(preview.Key)));
            Assert.Equal((16, 16), (image.Width, image.Height));
        }
    }
}
