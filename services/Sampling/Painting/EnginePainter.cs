using Microsoft.Extensions.Options;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using TorchSharp;

namespace RdmCloud.Sampling.Painting;

/// <summary>An engine for each model.</summary>
sealed class EnginePainter : IPainter, IAsyncDisposable
{
    readonly Dictionary<string, SamplingEngine> engines;

    public EnginePainter(IOptions<ModelsOptions> models, IOptions<SamplingOptions> sampling, TimeProvider time)
    {
        var options = sampling.Value;
        torch.set_num_threads(options.Threads ?? ComputeProbe.Choose().Threads);
        Models = models.Value.Open();
        engines = Models.ToDictionary(model => model.Key, model => new SamplingEngine(model.Value, new()
        {
            MaxSlots = options.Slots,
            MaxRows = options.MaxRows,
            DecodeBatch = options.DecodeBatch,
            PreviewInterval = options.PreviewInterval,
        }, time));
        Ready = Task.WhenAll(engines.Values.Select(engine => engine.Ready));
        Completion = Task.WhenAny(engines.Values.Select(engine => engine.Completion)).Unwrap();
    }

    public IReadOnlyDictionary<string, ModelDirectory> Models { get; }

    public Task Ready { get; }

    public Task Completion { get; }

    public Task<Drawing> DrawAsync(
        string model, DrawingRequest request, IProgress<DrawingProgress> progress, bool previews,
        CancellationToken cancellationToken) =>
        engines[model].DrawAsync(request, progress, previews, cancellationToken);

    /// <summary>The bus has stopped before and has handed back what was not drawn.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(engines.Values.Select(engine => engine.StopAsync(TimeSpan.Zero)));
}
