using Microsoft.Extensions.DependencyInjection;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.Sampling.Support;

namespace RdmCloud.Sampling.Lanes;

public sealed class Lanes_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task Worker_TakesNoMoreJobsThanItHasSlotsFor()
    {
        var painter = new HeldPainter(model.Directory);
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path, new() { ["Sampling:Slots"] = "4", ["Sampling:BulkShare"] = "0.5" },
            services => services.AddSingleton<IPainter>(painter));
        for (var seed = 0; seed < 6; seed++)
            await worker.SubmitAsync(Jobs.Job(seed: (ulong)seed));
        for (var seed = 0; seed < 6; seed++)
            await worker.SubmitAsync(Jobs.Job(seed: 100 + (ulong)seed).With(generation => generation with { Lane = Lane.Bulk }));
        foreach (var seed in (ulong[])[0, 1, 2, 3, 100, 101])
            await painter.Asked.FirstAsync<ulong>(asked => asked == seed);
        Assert.Equal(6, painter.Asked.All<ulong>().Count);
        painter.Release(12);
        foreach (var seed in (ulong[])[5, 105])
            await worker.Heard.FirstAsync<StoreImages>(stored => stored.Generation.Seed == (long)seed);
    }
}
