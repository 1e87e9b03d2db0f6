using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Models;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>The sampling workers that were heard of lately.</summary>
public sealed class Workers(IOptions<DispatchOptions> options, TimeProvider time)
{
    readonly ConcurrentDictionary<(string Worker, string Model), (int Slots, DateTimeOffset HeardAt)> alive = [];

    public void Hear(WorkerAlive worker)
    {
        if (worker.Leaving)
            alive.TryRemove((worker.Worker, worker.Model.Name), out _);
        else
            alive[(worker.Worker, worker.Model.Name)] = (worker.Slots, time.GetUtcNow());
    }

    /// <summary>For each model that someone draws with, the pictures that are drawn at once.</summary>
    public IReadOnlyDictionary<string, int> Slots() => alive
        .Where(worker => time.GetUtcNow() - worker.Value.HeardAt <= options.Value.WorkerTimeout)
        .GroupBy(worker => worker.Key.Model, worker => worker.Value.Slots)
        .ToDictionary(model => model.Key, model => model.Sum());

    /// <summary>For each model that someone draws with, the pictures that may be on their way at once.</summary>
    public IReadOnlyDictionary<string, int> Window() =>
        Slots().ToDictionary(model => model.Key, model => (int)Math.Ceiling(model.Value * options.Value.Window));
}
