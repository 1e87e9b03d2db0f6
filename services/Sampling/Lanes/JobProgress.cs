using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.Diffusion.Engine;
using RdmCloud.Sampling.Transit;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>Lets the bus know how far a job is. The engine's thread, which reports it, does not wait for that.</summary>
sealed class JobProgress(
    ConsumeContext<SampleImages> context, TransitPictures transit, SamplingOptions options, TimeProvider time, ILogger logger)
    : IProgress<DrawingProgress>, IAsyncDisposable
{
    readonly LatestOnly<DrawingProgress> steps = new(1, options.ProgressInterval, time, logger, progress =>
        context.PublishAsync(new SamplingProgressed(context.Message.Job, progress.Step, progress.Steps), context.JobToken()));

    // The engine keeps the interval of each picture.
    readonly LatestOnly<DrawingProgress> previews = new(
        context.Message.Generation.Pictures, TimeSpan.Zero, time, logger, async progress =>
        {
            var (picture, image) = progress.Preview!;
            var key = await transit.PutPreviewAsync(context.Message.Job.Job, picture, progress.Step, image, context.JobToken());
            await context.PublishAsync(new PreviewDrawn(context.Message.Job, picture, progress.Step, key), context.JobToken());
        });

    public void Report(DrawingProgress value) => (value.Preview is null ? steps : previews).Give(value);

    public async ValueTask DisposeAsync()
    {
        await previews.DisposeAsync();
        await steps.DisposeAsync();
    }
}
