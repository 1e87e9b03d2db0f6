using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.Sampling.Transit;
using RdmCloud.Sampling.Workers;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Sampling.Lanes;

/// <summary>What both lanes do.</summary>
sealed class ImageSampler(
    IPainter painter, TransitPictures transit, Turns turns, IOptions<SamplingOptions> options, TimeProvider time,
    ILogger<ImageSampler> logger)
{
    public async Task SampleAsync(ConsumeContext<SampleImages> context)
    {
        var (command, token) = (context.Message, context.JobToken());
        if (!painter.Models.TryGetValue(command.Generation.Model, out var model))
            throw new RefusedException($"There is no model '{command.Generation.Model}'.", "model");
        await context.PublishAsync(new SamplingProgressed(command.Job, 0, command.Generation.Steps), token);
        var pictures = TransitPictures.Of(command);
        var (timings, deviceTime) = await DrawOnceAsync(context, pictures);
        await context.PublishAsync(new ImagesSampled(command.Job, deviceTime.TotalSeconds), token);
        await context.SendToAsync(StageQueues.StoreImages, new StoreImages(
            command.Job, command.Generation, [.. command.Neighbors.Select(neighbor => neighbor with { Embedding = null })],
            pictures, model.Hash, Worker.Name, timings), token);
    }

    /// <summary>
    /// The bus may have delivered the job twice, the ledger may have sent it again while it waited here, and a worker may have
    /// died between drawing it and saying so. Drawing it again would take the time of others, and could differ by a rounding.
    /// </summary>
    async Task<(ChainTimings Timings, TimeSpan DeviceTime)> DrawOnceAsync(
        ConsumeContext<SampleImages> context, IReadOnlyList<TransitPicture> pictures)
    {
        var (command, token, taken) = (context.Message, context.JobToken(), time.GetTimestamp());
        using var turn = await turns.TakeAsync(command.Job.Job, token);
        if (await transit.AreDrawnAsync(command.Job, pictures, token))
            return (command.Timings, TimeSpan.Zero);
        var drawing = await DrawAsync(context);
        await transit.PutAsync(pictures, drawing.Pictures, command.Generation.Format, token);
        return (command.Timings with
        {
            SamplingWait = drawing.Waited.TotalMilliseconds,
            Sampling = (time.GetElapsedTime(taken) - drawing.Waited).TotalMilliseconds,
        }, drawing.DeviceTime);
    }

    async Task<Drawing> DrawAsync(ConsumeContext<SampleImages> context)
    {
        var generation = context.Message.Generation;
        if (Math.Max(generation.Width, generation.Height) > options.Value.MaxSide)
            throw new RefusedException($"The longest side of a picture is {options.Value.MaxSide} pixels.", "width");
        if (generation.Steps > options.Value.MaxSteps)
            throw new RefusedException($"There are {options.Value.MaxSteps} steps at the most.", "steps");
        await using var progress = new JobProgress(context, transit, options.Value, time, logger);
        try
        {
            return await painter.DrawAsync(
                generation.Model, context.Message.ToRequest(), progress, generation.Previews, context.JobToken());
        }
        catch (ModelException exception)
        {
            throw new RefusedException(exception.Message, inner: exception);
        }
    }
}
